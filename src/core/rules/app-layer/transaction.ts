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
  /** How far rules have looked, and which have matched: `rule * 2 + side`. */
  readonly looked: Looked;
  /** Events of each side, in the names of `app-layer-event` without the protocol. */
  readonly eventsToServer: Set<string>;
  readonly eventsToClient: Set<string>;
}

/** What rules have seen of a transaction. */
export class Looked {
  toServer = 0;
  toClient = 0;
  #matched: Set<number> | null = null;

  /** Notes that a rule has matched on a side: it alerts once for each transaction and side. */
  match(rule: number, toServer: boolean): void { (this.#matched ??= new Set()).add(rule * 2 + (toServer ? 1 : 0)); }
  has(rule: number, toServer: boolean): boolean { return this.#matched?.has(rule * 2 + (toServer ? 1 : 0)) === true; }
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
  /** Drops the transactions that ended on both sides and were looked at. */
  forget(): void;
  /** Lets go of what was kept, as the flow is forgotten. */
  release(): void;
}

export const progressOf = (tx: Transaction, toServer: boolean): number => (toServer ? tx.progressToServer : tx.progressToClient);
export const changesOf = (tx: Transaction, toServer: boolean): number => (toServer ? tx.changesToServer : tx.changesToClient);
export const eventsOf = (tx: Transaction, toServer: boolean): Set<string> => (toServer ? tx.eventsToServer : tx.eventsToClient);
export const isDone = (tx: Transaction): boolean => tx.progressToServer === DONE && tx.progressToClient === DONE;
/** Whether a side has something that rules have not looked at. */
export const isFresh = (tx: Transaction, toServer: boolean): boolean => changesOf(tx, toServer) > (toServer ? tx.looked.toServer : tx.looked.toClient);
/** Whether nobody needs it any more. */
export const isOver = (tx: Transaction): boolean => isDone(tx) && !isFresh(tx, true) && !isFresh(tx, false);

/** Notes that rules have looked at a side. */
export function lookedAt(tx: Transaction, toServer: boolean): void {
  if (toServer) tx.looked.toServer = tx.changesToServer; else tx.looked.toClient = tx.changesToClient;
}
