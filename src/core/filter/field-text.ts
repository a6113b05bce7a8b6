import { occurrences } from '../dissect/occurrences.ts';
import type { Expression } from './expression.ts';
import type { BuildRead } from './read-values.ts';
import { latin1, type Value } from './value.ts';

/** Values as the text that tshark prints; for string(). */
export function fieldText(of: Expression): BuildRead {
  const { meaning } = of;
  if (meaning && of.layers === null) return () => (c) => occurrences(c.program, c.tape, c.packet, c.frame, meaning.name);
  return (program) => { const read = of.read(program); return (c) => read(c).map(text); };
}

const text = (v: Value): string => (v instanceof Uint8Array ? latin1(v) : String(v));
