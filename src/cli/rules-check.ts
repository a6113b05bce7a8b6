import { parseRules } from '../core/rules/parse/parse-rules.ts';
import { readArguments, wrongArguments } from './arguments.ts';
import type { Command } from './command.ts';
import { readRuleFile } from './rule-files.ts';

const HELP = `vxlens rules check FILE… [--json]

Reads rule files as Suricata would and tells each rule that does not parse: file, line, column, what is wrong and how to mend it.
Rules that parse and are not evaluated by vxlens are told too; they are no mistakes.

  --json   one array of {"file","line","column","keyword","message"}, empty when all parse

Exit status: 0 all parse, 1 some do not, 2 wrong arguments or an unreadable file.
`;

export const rulesCheck: Command = {
  name: 'rules check',
  summary: 'tells which rules do not parse, and why',
  help: HELP,
  async run(args, io) {
    const { values, positionals } = readArguments('rules check', args, { json: { type: 'boolean' } });
    if (positionals.length === 0) throw wrongArguments('rules check', 'No rule file is named');
    const checked = positionals.map((file) => ({ file, ...parseRules(readRuleFile(file)) }));
    const faults = checked.flatMap(({ file, faults: found }) => found.map((fault) => ({ file, fault })));
    if (values.json === true) {
      const list = faults.map(({ file, fault }) => ({ file, line: fault.line, column: fault.column, keyword: fault.keyword, message: `${fault.what}. ${fault.next}` }));
      await io.out(`${JSON.stringify(list)}\n`);
    } else {
      for (const { file, fault } of faults) await io.out(`${file}:${fault.line}:${fault.column}: ${fault.what}. ${fault.next}\n`);
      for (const { file, signatures, rules, moreFaults } of checked) {
        for (const { line, sid, unevaluated } of signatures) if (unevaluated !== '') await io.out(`${file}:${line}: sid ${sid} parses and is not evaluated here: ${unevaluated}\n`);
        await io.out(`${file}: ${rules} rules, ${signatures.length} read${moreFaults > 0 ? `, and ${moreFaults} further mistakes` : ''}\n`);
      }
    }
    return faults.length > 0 ? 1 : 0;
  },
};

