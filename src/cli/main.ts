import { FaultError, faultText } from '../core/base/fault.ts';
import { version } from '../../package.json';
import { alerts } from './alerts.ts';
import type { Command, CommandIo } from './command.ts';
import { compare } from './compare.ts';
import { decap } from './decap.ts';
import { fields } from './fields.ts';
import { mirror } from './mirror.ts';
import { rulesCheck } from './rules-check.ts';
import { stats } from './stats.ts';
import { standardIo } from './standard-io.ts';

/** Every command; the order is that of the list that --help prints. */
const COMMANDS: readonly Command[] = [fields, alerts, rulesCheck, compare, decap, mirror, stats];

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
  const command = COMMANDS.filter(({ name }) => name.split(' ').every((word, i) => args[i] === word)).sort((a, b) => b.name.length - a.name.length)[0];
  if (command) {
    const rest = args.slice(command.name.split(' ').length);
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
