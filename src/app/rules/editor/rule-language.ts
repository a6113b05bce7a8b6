// How the editor colours a rule. It only colours: what a rule means, and where it is wrong, the parser in the worker says.

import { StreamLanguage, type StringStream } from '@codemirror/language';

interface State { inOptions: boolean; atStart: boolean; expectName: boolean }

function token(stream: StringStream, state: State): string | null {
  if (stream.sol()) { state.atStart = true; if (!state.inOptions) state.expectName = false; }
  if (stream.eatSpace()) return null;
  if (state.atStart && !state.inOptions && stream.peek() === '#') { stream.skipToEnd(); return 'comment'; }
  const first = state.atStart;
  state.atStart = false;
  return state.inOptions ? option(stream, state) : header(stream, state, first);
}

function header(stream: StringStream, state: State, first: boolean): string | null {
  if (stream.eat('(')) { state.inOptions = true; state.expectName = true; return 'bracket'; }
  if (first && stream.match(/^[a-z]{1,12}/)) return 'keyword';
  if (stream.match(/^(->|<>|=>)/)) return 'operator';
  if (stream.match(/^\$\w{1,64}/)) return 'variableName';
  if (!stream.match(/^[^\s($]{1,256}/)) stream.next();
  return null;
}

function option(stream: StringStream, state: State): string | null {
  if (stream.eat(')')) { state.inOptions = false; return 'bracket'; }
  if (stream.eat(';')) { state.expectName = true; return null; }
  if (state.expectName && stream.match(/^[\w.-]{1,64}/)) { state.expectName = false; return 'propertyName'; }
  if (stream.match(/^"(\\.|[^"\\]){0,4096}"?/)) return 'string';
  if (!stream.match(/^[^;")]{1,256}/)) stream.next();
  return null;
}

export const ruleLanguage = StreamLanguage.define<State>({
  name: 'suricata-rules',
  startState: () => ({ inOptions: false, atStart: true, expectName: false }),
  token,
  languageData: { commentTokens: { line: '#' } },
});
