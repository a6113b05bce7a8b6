import type { FrameInfo } from '../dissect/frame.ts';
import type { Preferences } from '../dissect/occurrences.ts';
import type { Program } from '../dissect/program.ts';
import type { Tape } from '../dissect/tape.ts';
import { check } from './check.ts';
import { YES, type ColumnTest } from './columns.ts';
import { Context, type BuildTest, type Condition } from './context.ts';
import { Scope } from './scope.ts';
import { FilterError, type FilterProblem } from './filter-error.ts';
import { parse } from './parse.ts';

/** Does the packet bytes[start..end) pass, of which `tape` was made? Without a range it is all of `bytes`. */
export type BoundFilter = (tape: Tape, bytes: Uint8Array, frame: FrameInfo, start?: number, end?: number) => boolean;

export interface Filter {
  readonly text: string;
  /** What the dissector has to read: for compile(PROTOCOLS, fields). Empty for a filter over frame.* alone. */
  readonly fields: readonly string[];
  /** What the packet table knows of the answer; null: nothing. */
  readonly columns: ColumnTest;
  /** A test over tapes of this program, which must have been compiled with `fields` among those wanted. One packet at a time. Checksums are verified unless `preferences` say otherwise. */
  bind(program: Program, preferences?: Preferences): BoundFilter;
}

export type CompiledFilter = { readonly ok: true; readonly filter: Filter } | { readonly ok: false; readonly error: FilterProblem };

/** Compiles Wireshark's display-filter language. Never throws: an error marks the characters at fault. A text without a word lets every packet pass. */
export function compileFilter(text: string): CompiledFilter {
  try {
    const tree = parse(text);
    const scope = new Scope();
    const { test: build, columns }: Condition = tree ? check(tree, scope) : { test: () => () => true, columns: () => (_, { rows }) => { rows.fill(YES); } };
    return { ok: true, filter: { text, fields: [...scope.wanted], columns, bind: (program, preferences) => bound(build, program, preferences) } };
  } catch (e) {
    if (!(e instanceof FilterError)) throw e;
    return { ok: false, error: { from: e.from, to: e.to, message: e.message } };
  }
}

const VERIFY: Preferences = { 'ip.check_checksum': true, 'tcp.check_checksum': true, 'udp.check_checksum': true };

function bound(build: BuildTest, program: Program, preferences = VERIFY): BoundFilter {
  const test = build(program);
  const context = new Context(program, preferences);
  return (tape, bytes, frame, start = 0, end = bytes.length) => {
    context.fill(tape, bytes, frame, start, end);
    return test(context);
  };
}
