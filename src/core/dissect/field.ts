// What a header is written in: an ordered list of widths. Every bit offset, mask, highlight and diagram
// cell is computed from it, so no number is stated twice.

export type Display = 'dec' | 'hex' | 'colons' | 'none';
export type FieldType = 'uint' | 'bool' | 'ipv4' | 'ipv6' | 'ether' | 'bytes' | 'text' | 'duration' | 'time';
/** Text of packet[at..end), made only when asked for. `start` is where the layer starts. */
export type FieldText = (packet: Uint8Array, at: number, end: number, start: number) => string;
/** Nanoseconds (since 1970 for a time) that packet[at..) says, worked out only when asked for. `start` is where the layer starts. */
export type FieldInstant = (packet: Uint8Array, at: number, start: number) => bigint;
export type Strings = Readonly<Record<number, string>>;

/** A field as a protocol file writes it, without a position. `Names` lists its own name and its parts'. */
export interface FieldSpec<Names extends string = string> {
  readonly name: string; //            '' for bits that no field names
  readonly names?: Names; //           type-level only: lets a protocol's rules be checked against its header
  readonly label: string;
  readonly type: FieldType;
  readonly width: number; //           bits
  readonly display: Display;
  readonly digits?: number; //         hex digits, where Wireshark's type is wider than the field
  readonly strings?: Strings;
  readonly instant?: FieldInstant; //  for 'time' and 'duration'; without it the tape has the nanoseconds
  readonly over?: number; //           divides the wire's number: seconds in units of 1/256
  readonly recalled?: boolean; //      follows from earlier packets as well
  readonly packet?: boolean; //        is the number of another packet of the capture
  readonly text?: FieldText; //        for type 'text'
  readonly scale?: number; //          the unit that the wire counts in: 4 bytes for ip.hdr_len
  readonly plus?: number; //           added after scaling: IPv6 extension headers leave out their first 8 bytes
  readonly also?: string | readonly string[]; // further filter names, in full: ip.src is an ip.addr as well
  readonly say?: (value: number) => string; // words for values, where no table lists them
  readonly unit?: string; //           for people: 'bytes'
  readonly both?: boolean; //          people are shown it in decimal and in hexadecimal
  readonly full?: string; //           Wireshark's name where it does not start with the protocol's
  readonly hidden?: boolean; //        steers the way and is no field of Wireshark's: it gets no row
  readonly note?: Strings; //          what a number is likely to stand for: words behind it, not instead of it
  readonly none?: string; //           what stands for a value without bytes
  readonly signed?: boolean;
  readonly tag?: string; //            a flag in one word: SYN
  readonly swapped?: boolean; //       little-endian on the wire
  readonly from?: number; //           the field is there only when its value lies in from..upto
  readonly upto?: number;
  readonly parts?: readonly FieldSpec[]; // divide this field's own bits, in order
  readonly views?: readonly { readonly at: number; readonly field: FieldSpec }[]; // read some of these bits again, `at` bits in
}

/** A field with its place in its block. `mask` applies after `shift`; `parent` is an index into the same list. */
export interface Placed {
  readonly spec: FieldSpec;
  readonly bitOffset: number;
  readonly width: number;
  readonly shift: number;
  readonly mask: number;
  readonly parent: number;
}

export type NamesOf<P extends readonly unknown[]> = Exclude<NonNullable<Extract<P[number], FieldSpec>['names']>, ''>;
type Options = Partial<Pick<FieldSpec, 'display' | 'digits' | 'scale' | 'plus' | 'strings' | 'also' | 'say' | 'unit' | 'both' | 'tag' | 'note' | 'signed' | 'hidden' | 'full' | 'from' | 'upto' | 'swapped' | 'over' | 'recalled'>>;

export const uint = <const N extends string>(name: N, width: number, label: string, o: Options = {}): FieldSpec<N> =>
  ({ name, label, type: 'uint', width, display: 'dec', ...o });

export const hex = <const N extends string>(name: N, width: number, label: string, o: Options = {}): FieldSpec<N> =>
  uint(name, width, label, { display: 'hex', ...o });

export const flag = <const N extends string>(name: N, label: string, width = 1, o: Options = {}): FieldSpec<N> =>
  ({ name, label, type: 'bool', width, display: 'none', ...o });

const unnamed = (width: number): Omit<FieldSpec, 'names'> => ({ name: '', label: 'Reserved', type: 'uint', width, display: 'none' });

/** Bits no field names. */
export const gap = (width: number): FieldSpec<''> => unnamed(width);

const sum = (parts: readonly FieldSpec[]): number => parts.reduce((bits, part) => bits + part.width, 0);

export const flags = <const N extends string, const P extends readonly FieldSpec[]>(
  name: N, label: string, parts: P, o: Options = {}): FieldSpec<N | NamesOf<P>> =>
  ({ name, label, type: 'uint', width: sum(parts), display: 'hex', parts, ...o });

/** Every gap of the enclosing flags as one field: its mask is what the named bits leave over. */
export const gaps = <const N extends string>(name: N, label: string, digits: number): FieldSpec<N> => hex(name, 0, label, { digits });

/** The bits just read once more, where their meaning hangs on a value among them (DNS flags of a response). */
export const again = <const P extends readonly FieldSpec[]>(parts: P): FieldSpec<NamesOf<P>> => {
  let at = -sum(parts);
  const views = parts.map((field) => ({ at: (at += field.width) - field.width, field }));
  return { ...unnamed(0), views };
};

/** A field whose bits are read once more under another name: the same count in another unit, say. */
export const twice = <const N extends string, const V extends string>(field: FieldSpec<N>, view: FieldSpec<V>): FieldSpec<N | V> =>
  ({ ...(field as FieldSpec<N | V>), views: [{ at: 0, field: view }] });

/** One place, two fields, told apart by the value: an Ethernet type is a length up to 1500. */
export const either = <const P extends readonly FieldSpec[]>(fields: P): FieldSpec<NamesOf<P>> =>
  ({ ...unnamed(fields[0]?.width ?? 0), label: fields.map((f) => f.label).join(' or '), views: fields.map((field) => ({ at: 0, field })) });

export const ipv4 = <const N extends string>(name: N, label: string, o: Options = {}): FieldSpec<N> =>
  ({ name, label, type: 'ipv4', width: 32, display: 'none', ...o });

export const ipv6 = <const N extends string>(name: N, label: string, o: Options = {}): FieldSpec<N> =>
  ({ name, label, type: 'ipv6', width: 128, display: 'none', ...o });

export const ether = <const N extends string>(name: N, label: string, o: Options = {}): FieldSpec<N> =>
  ({ name, label, type: 'ether', width: 48, display: 'none', ...o });

/** A number that Wireshark also shows byte-swapped (icmp.ident, icmp.seq). */
export const bothEndian = <const N extends string>(name: N, label: string): FieldSpec<N> =>
  ({ ...uint(name, 16, `${label} (BE)`), views: [{ at: 0, field: uint(`${name}_le`, 16, `${label} (LE)`, { swapped: true }) }] });

/** Gives each named field its place by adding up the widths before it. Parents come before their parts. */
export function layout(specs: readonly FieldSpec[]): { readonly placed: readonly Placed[]; readonly bits: number } {
  const placed: Placed[] = [];
  let bits = 0;
  for (const spec of specs) {
    place(placed, spec, bits, -1);
    bits += spec.width;
  }
  return { placed, bits };
}

function place(placed: Placed[], spec: FieldSpec, bitOffset: number, above: number): void {
  const named = spec.name !== '';
  const parent = named ? placed.length : above;
  if (named) placed.push({ spec, bitOffset, width: spec.width, parent: above, shift: shiftOf(bitOffset, spec.width), mask: maskOf(spec.width) });
  let at = bitOffset;
  let rest = maskOf(spec.width);
  for (const part of spec.parts ?? []) {
    if (part.width > 0) place(placed, part, at, parent);
    at += part.width;
    if (part.name !== '') rest &= ~(maskOf(part.width) << (bitOffset + spec.width - at));
  }
  for (const part of spec.parts ?? []) {
    if (part.width === 0) placed.push({ spec: part, bitOffset, width: spec.width, parent, shift: shiftOf(bitOffset, spec.width), mask: rest });
  }
  for (const { at: within, field } of spec.views ?? []) place(placed, field, bitOffset + within, parent);
}

const maskOf = (width: number): number => (width >= 32 ? -1 : (1 << width) - 1);
/** Bits to the right of the field, in the fewest whole bytes that hold it. */
const shiftOf = (bitOffset: number, width: number): number => -(bitOffset + width) & 7;
