import { FATE } from '../core/compare/fates.ts';
import { faultText } from '../core/base/fault.ts';
import { compareCaptures, type CompareResult } from '../core/compare/compare.ts';
import { notices } from '../core/compare/notices.ts';
import { resultJson } from '../core/compare/result-json.ts';
import { summary } from '../core/compare/summary.ts';
import { playedSessions, type PlayedSession } from '../core/mirror/played-sessions.ts';
import { numberArgument, readArguments, wrongArguments } from './arguments.ts';
import type { Command, CommandIo } from './command.ts';
import { mirrorFiles } from './mirror-files.ts';
import { point } from './point.ts';
import { seekableFile } from './seekable-file.ts';

const HELP = `vxlens compare SOURCE APPLIANCE [--vni N] [--filter FILE]… [--json] [--exit-code]

Pairs the packets of a source's capture with what an appliance received, at the innermost frame, and says what became of each: mirrored, cut, lost, sent
twice, out of order, changed, seen directly. pcap, pcapng, snoop or ERF, gzip, zstd or lz4 too; FILE#INTERFACE (name or number) is one interface of a pcapng.

  --vni N      only envelopes with this VNI are the mirror's
  --filter F   what the AWS CLI prints of the mirror's filter (describe-traffic-mirror-filters, and -sessions to choose among several); may repeat
  --json       lists of packet numbers instead of sentences; numbers count from 1 in each file
  --exit-code  1 when a packet was lost, cut or changed on its way, or when nothing was paired

Exit status: 0 done; 2 wrong arguments or unreadable input, or a capture that breaks off (what came before is compared and told).
`;

const OPTIONS = { vni: { type: 'string' }, filter: { type: 'string', multiple: true }, json: { type: 'boolean' }, 'exit-code': { type: 'boolean' } } as const;
const MOST_VNI = 0xff_ffff;

/** The sessions at work, of one file or several. */
function sessionsAtWork(files: readonly string[] | undefined, vni: number | undefined, io: CommandIo): PlayedSession[] | undefined {
  if (files === undefined) return undefined;
  const mirror = mirrorFiles(files);
  const said: string[] = [];
  const played = playedSessions(mirror, vni, mirror.sessions.length === 0 ? [] : said); // a filter alone is what --filter asks for
  for (const note of [...mirror.notes, ...said]) io.err(note);
  return played;
}

const TROUBLE = FATE.lost | FATE.truncated | FATE.changed;
const troubled = ({ fatesA }: CompareResult): boolean => fatesA.some((fates) => (fates & TROUBLE) !== 0) || !fatesA.some((fates) => (fates & FATE.mirrored) !== 0);

export const compare: Command = {
  help: HELP,
  async run(args, io) {
    const { values, positionals } = readArguments('compare', args, OPTIONS);
    if (positionals.length !== 2) throw wrongArguments('compare', positionals.length < 2 ? 'Two captures are needed, SOURCE and APPLIANCE' : `“${positionals[2]!}” is one capture too many`);
    const [a, b] = positionals.map(point);
    const vni = values.vni === undefined ? undefined : numberArgument('compare', '--vni', values.vni, 0, MOST_VNI);
    const mirror = sessionsAtWork(values.filter, vni, io);
    const left = await seekableFile(a!.path);
    try {
      const right = await seekableFile(b!.path);
      try {
        const result = await compareCaptures(left.source, right.source, { vni, mirror, interfaceA: a!.face, interfaceB: b!.face });
        await io.out(values.json === true ? `${JSON.stringify(resultJson(result))}\n` : `${[...notices(result), ...summary(result)].map(({ text }) => text).join('\n')}\n`);
        const faults = [[a!.path, result.matching.a.fault] as const, [b!.path, result.matching.b.fault] as const];
        for (const [path, fault] of faults) if (fault !== null) io.err(`${path}: ${faultText(fault)}`);
        if (faults.some(([, fault]) => fault !== null)) return 2;
        return values['exit-code'] === true && troubled(result) ? 1 : 0;
      } finally { right.close(); }
    } finally { left.close(); }
  },
};
