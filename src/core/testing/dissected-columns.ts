// What the dissector says a row of the index holds: the same columns, worked out from a tape.

import { compile } from '../dissect/compile.ts';
import { Dissector } from '../dissect/dissect.ts';
import { layersOf } from '../dissect/layer.ts';
import { valueText } from '../dissect/read-tape.ts';
import { COMPLETE, layerEnd } from '../dissect/tape.ts';
import { PROTOCOLS } from '../protocols/all.ts';

/** One level of a packet: everything inside one envelope and outside the next. -1 and '' where there is nothing. */
export interface Stack {
  source: string; destination: string; sourcePort: number; destinationPort: number; protocol: string; offset: number;
  type: number; code: number; ident: number; seq: number; tcpSeq: number; tcpFlags: number;
}
export interface DissectedRow {
  readonly depth: number; readonly vni: number; readonly outer: Stack; readonly inner: Stack;
  readonly short: boolean; //  some layer is cut short
  readonly last: string; //    the last layer's protocol
  readonly end: number; //     where the last layer starts
}

const NONE = -1;
const emptyStack = (offset: number): Stack => ({
  source: '', destination: '', sourcePort: 0, destinationPort: 0, protocol: '', offset,
  type: NONE, code: NONE, ident: NONE, seq: NONE, tcpSeq: NONE, tcpFlags: NONE,
});

type NumberOf = 'sourcePort' | 'destinationPort' | 'type' | 'code' | 'ident' | 'seq' | 'tcpSeq' | 'tcpFlags';
/** Fields by what they fill. */
const NUMBERS: Readonly<Record<string, NumberOf>> = {
  'udp.srcport': 'sourcePort', 'tcp.srcport': 'sourcePort', 'udp.dstport': 'destinationPort', 'tcp.dstport': 'destinationPort',
  'tcp.seq_raw': 'tcpSeq', 'tcp.flags': 'tcpFlags', 'icmp.type': 'type', 'icmp.code': 'code', 'icmp.ident': 'ident', 'icmp.seq': 'seq',
  'icmpv6.type': 'type', 'icmpv6.code': 'code', 'icmpv6.echo.identifier': 'ident', 'icmpv6.echo.sequence_number': 'seq',
};
const ADDRESSES = ['eth.src', 'eth.dst', 'ip.src', 'ip.dst', 'ipv6.src', 'ipv6.dst', 'sll.src.eth', 'sll.src.ipv4'];
const VNIS = ['vxlan.vni', 'geneve.vni'];
/** A frame inside a packet of the same level starts it over. */
const startsOver = (name: string, stack: Stack): boolean => name === 'ip' || name === 'ipv6' || (name === 'eth' && stack.protocol !== '');

/** Reads one packet after another with the dissector. */
export class SecondWitness {
  readonly #program = compile(PROTOCOLS, ['frame.protocols', ...Object.keys(NUMBERS), ...ADDRESSES, ...VNIS]);
  readonly #dissector = new Dissector(this.#program);
  /** The fields that count here, by id. */
  readonly #abbrevs = this.#program.fields.map(({ abbrev }) => (abbrev in NUMBERS || ADDRESSES.includes(abbrev) || VNIS.includes(abbrev) ? abbrev : ''));

  /** The first `length` bytes, which the capture kept, of a packet of `origlen`, as protocol number `first`. */
  read(packet: Uint8Array, length: number, origlen: number, first: number): DissectedRow {
    const tape = this.#dissector.dissect(packet, 0, length, first, origlen);
    const stacks: Stack[] = [];
    let [vni, short, last, quoted, messages] = [NONE, false, '', false, false];
    for (let layer = 0; layer < tape.layerCount && !quoted; layer++) {
      const { name, columnOf, column: usual, message } = this.#program.protocols[tape.layerProtocol[layer]!]!;
      const column = columnOf ? columnOf(layersOf(this.#program, tape, packet)[layer]!) : usual;
      const stack = stacks[tape.layerLevel[layer]!] ??= emptyStack(tape.layerOffset[layer]!);
      if (message) { messages = true; break; } // the index looks no further
      if (tape.shortBy[layer] !== COMPLETE) short = true;
      if (startsOver(name, stack)) Object.assign(stack, emptyStack(stack.offset), name === 'eth' ? {} : { source: stack.source, destination: stack.destination, protocol: stack.protocol });
      if (column !== '') stack.protocol = column;
      for (let row = tape.layerFirst[layer]!; row < layerEnd(tape, layer); row++) {
        const abbrev = this.#abbrevs[tape.fieldId[row]!]!;
        if (abbrev === '') continue;
        if (VNIS.includes(abbrev)) vni = tape.lo[row]!;
        else this.#fill(stack, abbrev, row, packet);
      }
      last = name;
      quoted = name === 'icmp' || name === 'icmpv6'; // the datagram that an error quotes counts nowhere
    }
    return { depth: stacks.length - 1, vni, outer: stacks[0]!, inner: stacks.at(-1)!, short, last: messages ? 'data' : last, end: tape.layerOffset[tape.layerCount - 1]! };
  }

  /** The layers of the last packet and where they start. */
  get shape(): string {
    const { layerCount, layerProtocol, layerOffset } = this.#dissector.tape;
    return Array.from({ length: layerCount }, (_, layer) => `${layerProtocol[layer]!}@${layerOffset[layer]!}`).join(' ');
  }

  #fill(stack: Stack, abbrev: string, row: number, packet: Uint8Array): void {
    const { tape } = this.#dissector;
    const number = NUMBERS[abbrev];
    if (number === 'ident' || number === 'seq') { if (stack[number] === NONE) stack[number] = tape.lo[row]!; } // also shown with its bytes swapped
    else if (number !== undefined) stack[number] = tape.lo[row]!;
    else if (ADDRESSES.includes(abbrev)) {
      const text = valueText(this.#program, tape, row, packet);
      // Link addresses stay until the IP header has some of its own; an IP header that is cut between its two addresses has one.
      if (abbrev === 'ip.src' || abbrev === 'ipv6.src') stack.destination = '';
      if (abbrev.includes('.src')) stack.source = text; else stack.destination = text;
    }
  }
}
