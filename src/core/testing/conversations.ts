// Test support: the conversations of a capture as each side sent them, for captures whose segments arrive in order. Retransmissions are left out.
import { readFileSync } from 'node:fs';
import { u16, u32, u8 } from '../bytes/read.ts';
import { memorySource } from '../bytes/memory-source.ts';
import { openCapture } from '../capture/capture-reader.ts';
import { PacketDecoder } from '../rules/packet/decode.ts';
import { STOCK_TUNNELS } from '../rules/packet/tunnels.ts';
import type { AppParser } from '../rules/app-layer/transaction.ts';

export interface Piece { readonly toServer: boolean; readonly bytes: Uint8Array }
export interface Conversation { readonly clientPort: number; readonly serverPort: number; readonly over: 'tcp' | 'udp'; readonly pieces: Piece[] }

export async function conversations(file: string): Promise<Conversation[]> {
  const found = new Map<string, Conversation>();
  const next = new Map<string, number>();
  const decoder = new PacketDecoder(STOCK_TUNNELS);
  const reader = await openCapture(memorySource(readFileSync(file)));
  do {
    while (reader.next()) {
      decoder.decode(reader.bytes, reader.start, reader.end, reader.interfaces[reader.iface]!.linkType, 1, 0, 0);
      const p = decoder.views[0]!;
      if (p.transport < 0 || p.dport < 0 || (p.protocol !== 6 && p.protocol !== 17)) continue;
      const key = [p.sport, p.dport].sort().join('/') + p.protocol;
      if (!found.has(key)) found.set(key, { clientPort: p.sport, serverPort: p.dport, over: p.protocol === 6 ? 'tcp' : 'udp', pieces: [] });
      const conversation = found.get(key)!;
      if (p.protocol === 6) {
        const side = `${key}${p.sport}`;
        const seq = u32(p.bytes, p.transport + 4);
        if ((u8(p.bytes, p.transport + 13) & 2) !== 0) { next.set(side, (seq + 1) >>> 0); continue; }
        if (p.payloadLength === 0 || (next.get(side) ?? seq) !== seq) continue;
        next.set(side, (seq + p.payloadLength) >>> 0);
      }
      if (p.payloadLength > 0) conversation.pieces.push({ toServer: u16(p.bytes, p.transport) === conversation.clientPort, bytes: p.bytes.slice(p.payload, p.payloadEnd) });
    }
  } while (await reader.refill());
  return [...found.values()];
}

export function feedAll<T extends AppParser>(parser: T, pieces: readonly Piece[]): T {
  for (const { toServer, bytes } of pieces) parser.feed(bytes, 0, bytes.length, toServer);
  parser.end(true);
  parser.end(false);
  return parser;
}

/** Cuts each piece at the given places, counted modulo its length. */
export const cutUp = (pieces: readonly Piece[], places: readonly number[]): Piece[] => pieces.flatMap(({ toServer, bytes }) => {
  const cuts = [...new Set([0, ...places.map((place) => place % (bytes.length + 1)), bytes.length])].sort((a, b) => a - b);
  return cuts.slice(1).map((to, i) => ({ toServer, bytes: bytes.slice(cuts[i], to) }));
});
