import { FaultError, faultText } from '../core/base/fault.ts';
import { version } from '../../package.json';
import type { Command, CommandIo } from './command.ts';
import { standardIo } from './standard-io.ts';

interface Entry {
  /** The words after `vxlens`: "alerts", "rules check". */
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** A command's code is read when it is called: all of it together takes longer to compile than a small capture to count. */
  readonly load: () => Promise<Command>;
}

/** Every command; the order is that of the list that --help prints. */
const COMMANDS: readonly Entry[] = [
  { name: 'fields', summary: 'prints fields of each packet, as tshark -T fields', load: async () => (await import('./fields.ts')).fields },
  { name: 'alerts', summary: 'runs Suricata rules over a capture, outer and inner packets', load: async () => (await import('./alerts.ts')).alerts },
  { name: 'rules check', summary: 'tells which rules do not parse, and why', load: async () => (await import('./rules-check.ts')).rulesCheck },
  { name: 'compare', summary: 'pairs a source’s packets with an appliance’s and says what became of each', load: async () => (await import('./compare.ts')).compare },
  { name: 'decap', summary: 'takes the VXLAN envelopes off, as a Linux VXLAN interface does', load: async () => (await import('./decap.ts')).decap },
  { name: 'mirror', summary: 'makes of a source’s capture what the mirror’s appliance would have seen', load: async () => (await import('./mirror.ts')).mirror },
  { name: 'stats', summary: 'counts packets, bytes, protocols, VNIs and conversations', load: async () => (await import('./stats.ts')).stats },
];

const WRONG = 2;

/** Runs `vxlens ARGUMENTS` and answers its exit status: 0 done, 2 wrong arguments or unreadable input, else as the command says. Never rejects. */
export async function main(args: readonly string[], io: CommandIo): Promise<number> {
  try {
    return await run(args, io);
  } catch (e) {
    if (e instanceof FaultError) io.err(faultText(e.fault));
    else io.err(`This is a mistake in vxlens itself: ${e instanceof Error ? e.message : String(e)}. Please report it with the command that you ran.`);
    return WRONG;
  }
}

async function run(args: readonly string[], io: CommandIo): Promise<number> {
  const entry = COMMANDS.filter(({ name }) => name.split(' ').every((word, i) => args[i] === word)).sort((a, b) => b.name.length - a.name.length)[0];
  if (entry) {
    const command = await entry.load();
    const rest = args.slice(entry.name.split(' ').length);
    if (!rest.includes('--help') && !rest.includes('-h')) return command.run(rest, io);
    await io.out(command.help);
    return 0;
  }
  const [first] = args;
  if (first === '--version' || first === '-V') { await io.out(`vxlens ${version}\n`); return 0; }
  if (first === '--help' || first === '-h' || first === 'help') { await io.out(overview()); return 0; }
  io.err(first === undefined ? overview().trimEnd() : `There is no command “${first}”. vxlens --help lists them.`);
  return WRONG;
}

function overview(): string {
  const width = Math.max(...COMMANDS.map(({ name }) => name.length)) + 2;
  const list = COMMANDS.map(({ name, summary }) => `  ${name.padEnd(width)}${summary}`).join('\n');
  return `vxlens COMMAND …: what a mirroring network did to packets\n\n${list}\n\nvxlens COMMAND --help tells how each is used; vxlens --version prints the version.\n`;
}

if (import.meta.env.MODE === 'cli') {
  const { io, done } = standardIo();
  const status = await main(process.argv.slice(2), io);
  await done();
  process.exitCode = status;
}
