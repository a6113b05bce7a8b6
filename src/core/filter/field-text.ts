import { occurrences } from '../dissect/occurrences.ts';
import { valueText } from '../dissect/read-tape.ts';
import type { Expression } from './expression.ts';
import { members, wantedRows, type BuildRead } from './read-values.ts';

/** Values as texts, for string(): numbers in decimal, everything else as tshark prints it. */
export function fieldText({ meaning, layers, type, read }: Expression): BuildRead {
  if (!meaning || type === 'uint') return (program) => { const values = read(program); return (c) => values(c).map(String); };
  if (meaning.kind !== 'field') return () => (c) => occurrences(c.program, c.tape, c.packet, c.frame, meaning.name);
  return (program) => {
    const wanted = members(program, meaning.name);
    return (c) => wantedRows(c, wanted, layers).map((row) => valueText(program, c.tape, row, c.packet));
  };
}
