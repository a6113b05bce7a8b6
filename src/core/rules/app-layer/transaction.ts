// What the parsers of the application layer give: a request and what answers it, with the buffers that rules look at.

export const APP_PROTOCOLS = ['http', 'dns', 'tls'] as const;
export type AppProtocol = (typeof APP_PROTOCOLS)[number];

/** How far one direction of a transaction has come: its parser counts from 0, `DONE` is the end. */
export const DONE = 100;

/** A request with its response, a DNS question with its answer, or a whole TLS session. */
export interface Transaction {
  readonly protocol: AppProtocol;
  /** From 0 in each flow, as Suricata's tx_id. */
  readonly id: number;
  /** Progress of the request's and the response's side. */
  progressToServer: number;
  progressToClient: number;
  /** Counts what arrived on each side, so that who looks at it knows whether there is more than last time. */
  changesToServer: number;
  changesToClient: number;
  /** Events of each side, in the names of `app-layer-event` without the protocol. */
  readonly eventsToServer: Set<string>;
  readonly eventsToClient: Set<string>;
}

/** A parser of one flow. It is given what each side sent, in order and without overlap, and never throws on it. */
export interface AppParser {
  readonly protocol: AppProtocol;
  /** Those that may still change, and those that ended and were not forgotten yet; oldest first. */
  readonly transactions: readonly Transaction[];
  /** Bytes [from..to) of one direction; they are copied where they are kept. */
  feed(bytes: Uint8Array, from: number, to: number, toServer: boolean): void;
  /** Bytes of one direction that nobody saw. */
  gap(size: number, toServer: boolean): void;
  /** One direction has ended. */
  end(toServer: boolean): void;
  /** Drops the transactions that ended on both sides. */
  forget(): void;
}

export const progressOf = (tx: Transaction, toServer: boolean): number => (toServer ? tx.progressToServer : tx.progressToClient);
export const changesOf = (tx: Transaction, toServer: boolean): number => (toServer ? tx.changesToServer : tx.changesToClient);
export const eventsOf = (tx: Transaction, toServer: boolean): Set<string> => (toServer ? tx.eventsToServer : tx.eventsToClient);
export const isDone = (tx: Transaction): boolean => tx.progressToServer === DONE && tx.progressToClient === DONE;
