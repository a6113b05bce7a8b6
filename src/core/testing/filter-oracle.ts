// A capture's packets that pass each of many filters: by us and by tshark, and what may be asked about.

import { memorySource } from '../bytes/memory-source.ts';
import { openCapture } from '../capture/capture-reader.ts';
import { compile } from '../dissect/compile.ts';
import { Dissector } from '../dissect/dissect.ts';
import { occurrences } from '../dissect/occurrences.ts';
import type { Program } from '../dissect/program.ts';
import { compileFilter, type Filter } from '../filter/compile.ts';
import { FrameCursor } from '../filter/frame-cursor.ts';
import { NAMES } from '../filter/names.ts';
import { PROTOCOLS } from '../protocols/all.ts';
import type { Seen } from './filter-arbitrary.ts';
import { tsharkFilters, tsharkOccurrences } from './tshark.ts';

/** The first packets of a capture are asked. */
export const MOST_PACKETS = 100;

/** For each filter the numbers of the packets that pass, in one pass over the capture. */
export async function passingEach(file: Uint8Array<ArrayBuffer>, filters: readonly Filter[], most = Infinity): Promise<number[][]> {
  const reader = await openCapture(memorySource(file));
  const frame = new FrameCursor(reader);
  // One program for all, since compiling one takes longer than asking it about some packets.
  const program = compile(PROTOCOLS, [...new Set(filters.flatMap(({ fields }) => fields))]);
  const dissector = new Dissector(program, { remembers: true });
  const tests = filters.map((filter) => ({ passes: filter.bind(program, {}), found: [] as number[] }));
  do {
    while (frame.number < most && reader.next()) {
      frame.step();
      dissector.time(frame.seconds, frame.nanoseconds);
      const tape = dissector.dissect(reader.bytes, reader.start, reader.end, frame.protocol, frame.origlen);
      for (const { passes, found } of tests) {
        if (passes(tape, reader.bytes, frame, reader.start, reader.end)) found.push(frame.number);
      }
    }
  } while (frame.number < most && await reader.refill());
  await reader.close();
  return tests.map(({ found }) => found);
}

/** Every field of the first packets, with its values as text, packet by packet. */
async function ownOccurrences(file: Uint8Array<ArrayBuffer>): Promise<Map<string, string[][]>> {
  const reader = await openCapture(memorySource(file));
  const frame = new FrameCursor(reader);
  const program: Program = compile(PROTOCOLS);
  const dissector = new Dissector(program, { remembers: true });
  const names = [...NAMES()].filter(([, meaning]) => meaning.kind !== 'protocol' && meaning.kind !== 'packet').map(([name]) => name);
  const all = new Map<string, string[][]>();
  do {
    while (frame.number < MOST_PACKETS && reader.next()) {
      frame.step();
      dissector.time(frame.seconds, frame.nanoseconds);
      const tape = dissector.dissect(reader.bytes, reader.start, reader.end, frame.protocol, frame.origlen);
      const packet = reader.bytes.subarray(reader.start, reader.end);
      for (const name of names) {
        const values = occurrences(program, tape, packet, frame, name, {});
        if (values.length === 0) continue;
        if (!all.has(name)) all.set(name, []);
        all.get(name)![frame.number - 1] = values;
      }
    }
  } while (frame.number < MOST_PACKETS && await reader.refill());
  await reader.close();
  return all;
}

/** Of these Wireshark's type is another one: an address of which we have the text, a number that stands for "none". */
const TYPED_OTHERWISE = /slaac_mac$|^tcp\.window_size_scalefactor$|^lldp\.port\.id$/;

/** Fields of which tshark tells the same values in every packet, so that what differs is the filter's doing; and some protocols. */
export async function seenAlike(file: Uint8Array<ArrayBuffer>, path: string): Promise<Seen[]> {
  const own = await ownOccurrences(file);
  const read = [...own.keys()].filter((name) => !TYPED_OTHERWISE.test(name));
  const there = tsharkFilters(path, read, FIRST);
  // A name that tshark does not know makes it print nothing at all; and a field without text is there, too.
  const names = read.filter((name, i) => there[i] !== null && there[i]!.join() === Object.keys(own.get(name)!).map((at) => Number(at) + 1).join());
  const theirs = tsharkOccurrences(path, ['frame.protocols', ...names], FIRST);
  const same = (name: string): boolean => theirs.length > 0 && theirs.every((row, i) => (row[name] ?? []).join('\x02') === (own.get(name)![i] ?? []).join('\x02'));
  const seen = names.filter(same).map((name): Seen => ({ name, type: NAMES().get(name)!.type, values: printable(own.get(name)!.flat()) }));
  return [...seen, ...PROTOCOL_NAMES.map((name): Seen => ({ name, type: 'protocol', values: ['0800450000', '4854545020'] }))];
}

const FIRST = ['-c', String(MOST_PACKETS)];
/** Those whose extent tshark's taps tell right: TCP's length is set only where somebody looks at the tree. */
const PROTOCOL_NAMES = ['frame', 'eth', 'ip', 'udp'];
const printable = (values: readonly string[]): string[] => [...new Set(values)].filter((v) => v.length < 300 && /^[ -~]*$/.test(v)).slice(0, 20);

/** What differs, a line each: a filter that tshark takes and we do not, or that other packets pass. */
export async function differences(file: Uint8Array<ArrayBuffer>, path: string, texts: readonly string[]): Promise<{ lines: string[]; compared: number }> {
  const theirs = tsharkFilters(path, texts, FIRST);
  const both = texts.flatMap((text, i) => (theirs[i] ? [{ text, expected: theirs[i], compiled: compileFilter(text) }] : []));
  const lines = both.flatMap(({ text, compiled }) => (compiled.ok ? [] : [`${text}: refused: ${compiled.error.message}`]));
  const asked = both.flatMap(({ text, expected, compiled }) => (compiled.ok ? [{ text, expected, filter: compiled.filter }] : []));
  const found = await passingEach(file, asked.map(({ filter }) => filter), MOST_PACKETS);
  asked.forEach(({ text, expected }, i) => {
    if (found[i]!.join() !== expected.join()) lines.push(`${text}: packets ${ranges(found[i]!) || 'none'} instead of ${ranges(expected) || 'none'}`);
  });
  return { lines, compared: both.length };
}

/** [1, 2, 3, 7] as "1-3 7". */
export function ranges(numbers: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const n of numbers) {
    const last = runs.at(-1);
    if (last && last[1] === n - 1) last[1] = n; else runs.push([n, n]);
  }
  return runs.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(' ');
}

/** "1-3 7" as [1, 2, 3, 7]. */
export const packets = (text: string): number[] => text.split(' ').filter(Boolean).flatMap((range) => {
  const [from, to = from] = range.split('-').map(Number) as [number, number?];
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
});
