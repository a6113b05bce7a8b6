import { concat, int } from './bytes.ts';

export interface Option { readonly code: number; readonly value: Uint8Array }

const padded = (bytes: Uint8Array): Uint8Array => concat([bytes, new Uint8Array(-bytes.length & 3)]);

/** The blocks of a pcapng in one byte order, written down field by field (draft-ietf-opsawg-pcapng); lengths may be made to lie. */
export function pcapngBlocks(littleEndian: boolean) {
  const i = (value: number, width: number) => int(value, width, littleEndian);

  const block = (type: number, body: Uint8Array, lies: { first?: number; last?: number } = {}): Uint8Array<ArrayBuffer> => {
    const length = 12 + body.length + (-body.length & 3);
    return concat([i(type, 4), i(lies.first ?? length, 4), padded(body), i(lies.last ?? length, 4)]);
  };
  const options = (list: readonly Option[] = []): Uint8Array =>
    list.length === 0 ? new Uint8Array(0) : concat([...list.flatMap(({ code, value }) => [i(code, 2), i(value.length, 2), padded(value)]), i(0, 4)]);
  /** 64 bits as pcapng has timestamps: the upper half first, in either byte order. */
  const stamp = (units: bigint) => concat([i(Number(units >> 32n), 4), i(Number(units & 0xffff_ffffn), 4)]);

  return {
    i, block,
    section: (version: readonly [number, number] = [1, 0]) =>
      block(0x0a0d0d0a, concat([i(0x1a2b3c4d, 4), i(version[0], 2), i(version[1], 2), new Uint8Array(8).fill(0xff)])),
    face: (o: { linkType?: number; snaplen?: number; options?: readonly Option[] } = {}) =>
      block(1, concat([i(o.linkType ?? 1, 2), i(0, 2), i(o.snaplen ?? 0, 4), options(o.options)])),
    enhanced: (bytes: Uint8Array, o: { face?: number; units?: bigint; caplen?: number; origlen?: number; options?: readonly Option[] } = {}) =>
      block(6, concat([i(o.face ?? 0, 4), stamp(o.units ?? 0n), i(o.caplen ?? bytes.length, 4), i(o.origlen ?? o.caplen ?? bytes.length, 4), padded(bytes), options(o.options)])),
    obsolete: (bytes: Uint8Array, o: { face?: number; units?: bigint; origlen?: number; options?: readonly Option[] } = {}) =>
      block(2, concat([i(o.face ?? 0, 2), i(0, 2), stamp(o.units ?? 0n), i(bytes.length, 4), i(o.origlen ?? bytes.length, 4), padded(bytes), options(o.options)])),
    simple: (bytes: Uint8Array, origlen = bytes.length) => block(3, concat([i(origlen, 4), bytes])),
  };
}
