import { concat, fromHex, utf8 } from './bytes.ts';
import { pcapngBlocks } from './pcapng-file.ts';

/** A key log of TLS as browsers write it (draft-ietf-tls-keylogfile). */
export const KEY_LOG = `CLIENT_RANDOM ${'0f'.repeat(32)} ${'a1'.repeat(48)}\n`;
export const EXTRAS_PACKET = fromHex('0a36d2fc942e 0ad393e427b2 88b5 0102030405060708090a');

/**
 * A pcapng with all that may stand beside packets: names, secrets, statistics, custom blocks, and packets with every option, written field by field from
 * draft-ietf-opsawg-pcapng in either byte order. `later` blocks stand behind the section header, which says nothing but the version.
 */
export function pcapngWithExtras(littleEndian: boolean): { file: Uint8Array<ArrayBuffer>; later: Uint8Array<ArrayBuffer> } {
  const b = pcapngBlocks(littleEndian);
  const { i, block } = b;
  const long = (value: number) => concat(littleEndian ? [i(value, 4), i(0, 4)] : [i(0, 4), i(value, 4)]);
  const options = (...list: readonly (readonly [number, Uint8Array])[]) => concat([...list.flatMap(([code, value]) => [i(code, 2), i(value.length, 2), value, new Uint8Array(-value.length & 3)]), i(0, 4)]);
  const stamp = (nanoseconds: bigint) => concat([i(Number(nanoseconds >> 32n), 4), i(Number(nanoseconds & 0xffff_ffffn), 4)]);
  const at = 1_700_000_000_123_456_789n;
  const name = concat([fromHex('ac1f0483'), utf8('ids.example\0also.example\0')]);
  const later = concat([
    b.face({ snaplen: 96, options: [{ code: 2, value: utf8('eth0') }, { code: 9, value: fromHex('09') }, { code: 6, value: fromHex('0a36d2fc942e') }, { code: 8, value: long(1_000_000_000) }] }),
    block(4, concat([i(1, 2), i(name.length, 2), name, new Uint8Array(-name.length & 3), i(0, 4), options([2, utf8('dns.example')])])),
    block(10, concat([i(0x544c534b, 4), i(KEY_LOG.length, 4), utf8(KEY_LOG), new Uint8Array(-KEY_LOG.length & 3)])),
    b.enhanced(EXTRAS_PACKET, { units: at, options: [
      { code: 1, value: utf8('first') }, { code: 1, value: utf8('second') }, { code: 2, value: i(0x201, 4) }, { code: 3, value: fromHex('02 ec1d8797') }, { code: 4, value: long(7) },
      { code: 5, value: long(42) }, { code: 6, value: i(3, 4) }, { code: 7, value: concat([fromHex('01'), long(5)]) }, { code: 2988, value: concat([i(32473, 4), utf8('custom')]) },
    ] }),
    block(0xbad, concat([i(32473, 4), fromHex('0102030405060708')])),
    b.enhanced(EXTRAS_PACKET, { units: at + 1_000n }),
    block(5, concat([i(0, 4), stamp(at), options([2, stamp(at - 9_000_000_000n)], [3, stamp(at)], [4, long(1_000)], [5, long(12)])])),
  ]);
  return { file: concat([b.section(), later]), later };
}
