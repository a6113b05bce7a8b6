import { basename } from 'node:path';
import { faultText } from '../core/base/fault.ts';
import { indexCapture } from '../core/index/index-capture.ts';
import { Summariser, type Summary } from '../core/stats/summary.ts';
import { readArguments, wrongArguments } from './arguments.ts';
import type { Command } from './command.ts';
import { openFile } from './open-file.ts';
import { count } from '../core/format/number.ts';

const HELP = `vxlens stats -r CAPTURE [--json]

A capture in numbers: packets, bytes on the wire, times, and what is in it by link type, protocol, level of encapsulation and VNI.

  -r CAPTURE   pcap, pcapng, snoop or ERF, gzip, zstd or lz4 too; - is standard input
  --json       one object: file, format, packets, bytes, first, last, truncated, linkTypes, protocols, levels, vnis, tunnelEndpoints, conversations.
               Times are Unix seconds; protocols are those of the innermost stack; a level is the number of envelopes around it.

Exit status: 0 done; 2 wrong arguments, unreadable input, or a capture that breaks off (what was read is printed).
`;

const OPTIONS = { read: { type: 'string', short: 'r' }, json: { type: 'boolean' } } as const;

export const stats: Command = {
  help: HELP,
  run: async (args, io) => {
    const { values, positionals } = readArguments('stats', args, OPTIONS);
    if (positionals.length > 0) throw wrongArguments('stats', `“${positionals[0]!}” belongs to no option`);
    if (values.read === undefined) throw wrongArguments('stats', 'The capture (-r) is missing');
    const file = await openFile(values.read);
    try {
      const summariser = new Summariser();
      await indexCapture(file.reader, summariser.table);
      const summary = summariser.summary({ name: values.read === '-' ? '-' : basename(values.read), format: file.reader.format });
      await io.out(values.json ? `${JSON.stringify(summary)}\n` : inWords(summary, file.reader.description));
      if (!file.reader.fault) return 0;
      io.err(faultText(file.reader.fault));
      return 2;
    } finally {
      await file.close();
    }
  },
};

const MOST = 20; // lines of one kind; --json has all
const time = (seconds: number | null): string => (seconds === null ? 'none' : Math.abs(seconds) < 8.64e12 ? new Date(seconds * 1000).toISOString() : `${seconds} s`);

function inWords(s: Summary, description: string): string {
  const counts = (title: string, entries: readonly (readonly [string, string])[]): string[] => (entries.length === 0 ? [] : [
    `\n${title}`, ...columns(entries.slice(0, MOST)), ...entries.length > MOST ? [`  and ${count(entries.length - MOST)} more`] : [],
  ]);
  const packets = (of: Readonly<Record<string, number>>): [string, string][] => Object.entries(of).map(([name, n]) => [name, count(n)]);
  const duration = s.first === null || s.last === null ? '' : `  (${(s.last - s.first).toFixed(6)} s)`;
  return [
    `${s.file}: ${description}`,
    `${count(s.packets)} packets, ${count(s.bytes)} bytes on the wire${s.truncated > 0 ? `; of ${count(s.truncated)} packets the capture kept a part` : ''}`,
    `${time(s.first)} to ${time(s.last)}${duration}`,
    `${count(s.conversations)} conversations`,
    ...counts('Link types', packets(s.linkTypes)),
    ...counts('Protocols, innermost', packets(s.protocols)),
    ...counts('Envelopes around a packet', packets(s.levels)),
    ...counts('VNIs', Object.entries(s.vnis).map(([vni, share]) => [vni, `${count(share.packets)} packets, ${count(share.bytes)} bytes`])),
    ...counts('Tunnel endpoints', s.tunnelEndpoints.map((address) => [address, ''])),
    '',
  ].join('\n');
}

/** Names to the left, numbers to the right of it. */
function columns(entries: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...entries.map(([name]) => name.length));
  return entries.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`.trimEnd());
}
