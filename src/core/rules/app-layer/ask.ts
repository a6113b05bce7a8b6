import type { AppProtocol, Transaction } from './transaction.ts';

/** Which side of a transaction a keyword looks at. */
export type Way = 'to server' | 'to client' | 'both';

/** What a rule asks of transactions: of which protocol, on which side, and from when on it can be answered. A rule is evaluated once all that it asks is ready. */
export interface Ask {
  readonly protocol: AppProtocol;
  readonly way: Way;
  readonly ready: (tx: Transaction, toServer: boolean) => boolean;
}

/** The side that a keyword looks at when a packet of one direction comes. */
export const sideOf = (way: Way, toServer: boolean): boolean => (way === 'both' ? toServer : way === 'to server');

/** Whether a transaction has all that a rule asks when a packet of one direction comes. A rule about both sides asks each keyword on its own side. */
export function answers(asks: readonly Ask[], bothSides: boolean, tx: Transaction, toServer: boolean): boolean {
  for (const { protocol, way, ready } of asks) {
    if (protocol !== tx.protocol) return false;
    const side = bothSides ? way !== 'to client' : sideOf(way, toServer);
    if ((!bothSides && side !== toServer) || !ready(tx, side)) return false;
  }
  return true;
}
