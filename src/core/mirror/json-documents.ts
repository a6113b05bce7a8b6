// The JSON documents (RFC 8259) that follow each other in a text, as when several outputs were saved into one file; or where it stops being JSON, in words. JSON.parse
// takes one only, and says in other words in each engine what is wrong, and not always where.

const VALUE = 'a value', VALUE_OR_END = 'a value or “]”', NAME = 'a name in double quotes', NAME_OR_END = 'a name in double quotes or “}”', COLON = '“:”';
const IN_OBJECT = '“,” or “}”', IN_LIST = '“,” or “]”', END = 'nothing more';
const SPACE = /[ \t\n\r]*/y, NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])/y, WORD = /(?:true|false|null)(?!\w)/y, ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

export interface JsonFault { readonly line: number; readonly column: number; readonly words: string }

const MOST_DEPTH = 64; // levels: the AWS CLI makes six, and what reads it later recurses

/** The documents, or line and column from 1 of the first place that is not JSON and what is wrong there. Never recurses. */
export function jsonDocuments(text: string): readonly string[] | JsonFault {
  const open: ('{' | '[')[] = [], documents: string[] = [];
  let wanted = VALUE, from = 0;
  for (let at = past(SPACE, text, 0); ; at = past(SPACE, text, at)) {
    if (wanted === END && (at === text.length || text[at] === '{' || text[at] === '[')) {
      documents.push(text.slice(from, at));
      if (at === text.length) return documents;
      from = at;
      wanted = VALUE;
    }
    const sign = text[at], isNext = wanted === IN_OBJECT || wanted === IN_LIST, isName = wanted === NAME || wanted === NAME_OR_END, isValue = wanted === VALUE || wanted === VALUE_OR_END;
    if (sign === ':' && wanted === COLON) { at++; wanted = VALUE; }
    else if (sign === ',' && isNext) { at++; wanted = wanted === IN_OBJECT ? NAME : VALUE; }
    else if ((sign === '}' && (wanted === IN_OBJECT || wanted === NAME_OR_END)) || (sign === ']' && (wanted === IN_LIST || wanted === VALUE_OR_END))) { at++; open.pop(); wanted = after(open); }
    else if ((sign === '{' || sign === '[') && isValue) {
      if (open.length === MOST_DEPTH) return faultAt(text, at, `more than ${MOST_DEPTH} levels, one in another`);
      at++;
      open.push(sign);
      wanted = sign === '{' ? NAME_OR_END : VALUE_OR_END;
    } else if (sign === '"' && (isName || isValue)) {
      const { end, wrong } = stringEnd(text, at);
      if (wrong !== '') return faultAt(text, end, wrong);
      at = end;
      wanted = isName ? COLON : after(open);
    } else {
      const end = isValue ? Math.max(past(NUMBER, text, at), past(WORD, text, at)) : at;
      if (end === at) return faultAt(text, at, `${found(text, at)} where ${wanted} should be`);
      at = end;
      wanted = after(open);
    }
  }
}

/** What may follow a value. */
const after = (open: readonly ('{' | '[')[]): string => (open.length === 0 ? END : open.at(-1) === '{' ? IN_OBJECT : IN_LIST);

function past(token: RegExp, text: string, at: number): number {
  token.lastIndex = at;
  return token.test(text) ? token.lastIndex : at;
}

/** The place behind the text that starts at a quote, or where and why it is none. */
function stringEnd(text: string, from: number): { end: number; wrong: string } {
  let at = from + 1;
  while (at < text.length && text[at] !== '"') {
    if (text[at]! < ' ') return { end: at, wrong: 'a text in quotes goes on beyond its line' };
    const next = text[at] === '\\' ? past(ESCAPE, text, at) : at + 1;
    if (next === at) return { end: at, wrong: 'a backslash that stands for nothing' };
    at = next;
  }
  return at < text.length ? { end: at + 1, wrong: '' } : { end: at, wrong: 'the text ends within quotes' };
}

function found(text: string, at: number): string {
  if (at >= text.length) return 'the text ends';
  const word = /[\w.-]{1,20}/y;
  word.lastIndex = at;
  return `“${word.exec(text)?.[0] ?? String.fromCodePoint(text.codePointAt(at)!)}” stands`;
}

function faultAt(text: string, at: number, words: string): JsonFault {
  const before = text.slice(0, at), lines = before.split('\n');
  return { line: lines.length, column: lines.at(-1)!.length + 1, words };
}
