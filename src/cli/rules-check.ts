import { parseRules } from '../core/rules/parse/parse-rules.ts';
import { ruleFaultText } from '../core/rules/rule-error.ts';
import { readArguments, wrongArguments } from './arguments.ts';
import type { Command } from './command.ts';
import { faultLine, readRuleFile, unevaluatedLines } from './rule-files.ts';

const HELP = `vxlens rules check FILE… [--json]

Reads rule files as Suricata would and tells each rule that does not parse: file, line, column, what is wrong and how to mend it.
Rules that parse and are not evaluated by vxlens are told too, the first for each reason; they are no mistakes. A file that is hardly one of rules is not read on after 1,000 mistakes.

  --json   one array of {"file","line","column","keyword","message"}, empty when all parse

Exit status: 0 all parse, 1 some do not, 2 wrong arguments or an unreadable file.
`;

export const rulesCheck: Command = {
  help: HELP,
  async run(args, io) {
    const { values, positionals } = readArguments('rules check', args, { json: { type: 'boolean' } });
    if (positionals.length === 0) throw wrongArguments('rules check', 'No rule file is named');
    const checked = positionals.map((file) => ({ file, ...parseRules([readRuleFile(file)]) }));
    const faults = checked.flatMap((each) => each.faults);
    if (values.json === true) {
      const list = faults.map((fault) => ({ file: fault.file, line: fault.line, column: fault.column, keyword: fault.keyword, message: ruleFaultText(fault) }));
      await io.out(`${JSON.stringify(list)}\n`);
    } else {
      for (const fault of faults) await io.out(`${faultLine(fault)}\n`);
      for (const { file, signatures, rules, moreFaults } of checked) {
        for (const line of unevaluatedLines(signatures)) await io.out(`${line}\n`);
        await io.out(`${file}: ${rules} rules, ${signatures.length} read${moreFaults > 0 ? `, and ${moreFaults} further mistakes` : ''}\n`);
      }
    }
    return faults.length > 0 ? 1 : 0;
  },
};

