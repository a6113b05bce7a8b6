// HTTP/1 on the wire (RFC 9112): lines of text, looked at byte by byte so that nothing is allocated before somebody asks for text.

import type { Probe } from '../dissect/part.ts';

const [TAB, LF, CR, SPACE, COLON, QUESTION] = [9, 10, 13, 32, 58, 63];
const LONGEST_METHOD = 20; // bytes

/** The methods that make a first line a request's (IANA, HTTP Method Registry; RFC 4918; UPnP). */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH', 'PROPFIND', 'PROPPATCH', 'MKCOL', 'COPY', 'MOVE', 'LOCK', 'UNLOCK', 'SEARCH', 'REPORT', 'CHECKOUT', 'CHECKIN', 'UNCHECKOUT', 'VERSION-CONTROL', 'MKWORKSPACE',
  'UPDATE', 'LABEL', 'MERGE', 'BASELINE-CONTROL', 'MKACTIVITY', 'ORDERPATCH', 'ACL', 'MKREDIRECTREF', 'UPDATEREDIRECTREF', 'BIND', 'UNBIND', 'REBIND', 'LINK', 'UNLINK', 'NOTIFY', 'M-SEARCH', 'SUBSCRIBE', 'UNSUBSCRIBE', 'POLL', 'BCOPY', 'BMOVE', 'BDELETE', 'BPROPFIND',
  'BPROPPATCH', 'ICY', 'RPC_CONNECT', 'RPC_IN_DATA', 'RPC_OUT_DATA', 'SOURCE', 'MKCALENDAR', 'PURGE']);

export const ascii = (b: Uint8Array, from: number, to: number): string => { let text = ''; for (let i = from; i < to; i++) text += String.fromCharCode(b[i]!); return text; };

/** Where the line's text ends, without its line end; `end` where there is none. */
export function lineText(b: Uint8Array, at: number, end: number): number {
  const lf = b.indexOf(LF, at);
  if (lf < 0 || lf >= end) return end > at && b[end - 1] === CR ? end - 1 : end;
  return lf > at && b[lf - 1] === CR ? lf - 1 : lf;
}
/** Where the next line starts. */
export function nextLine(b: Uint8Array, at: number, end: number): number {
  const lf = b.indexOf(LF, at);
  return lf < 0 || lf >= end ? end : lf + 1;
}

const startsWith = (b: Uint8Array, at: number, end: number, word: string): boolean => {
  if (at + word.length > end) return false;
  for (let i = 0; i < word.length; i++) if (b[at + i] !== word.charCodeAt(i)) return false;
  return true;
};

export const REQUEST = 1;
export const RESPONSE = 2;
export const HEADERS = 3; // a header line without a first line: the rest of one that began in another segment
/** What the first line is; 0 for the middle of a body. */
export const firstLine: Probe = (b, at, end) => {
  if (startsWith(b, at, end, 'HTTP/')) return RESPONSE;
  for (let i = at; i < end && i - at <= LONGEST_METHOD; i++) if (b[i] === SPACE) return METHODS.has(ascii(b, at, i)) ? REQUEST : isHeader(b, at, end) ? HEADERS : 0;
  return isHeader(b, at, end) ? HEADERS : 0;
};
export const looksLikeHttp: Probe = (b, at, end, start, option) => { const kind = firstLine(b, at, end, start, option); return kind === REQUEST && !ascii(b, at, lineText(b, at, end)).includes(' HTTP/') ? 0 : Number(kind === REQUEST || kind === RESPONSE); };

/** A token, and a colon right behind it (RFC 9110 section 5.6.2). */
function isHeader(b: Uint8Array, at: number, end: number): boolean {
  for (let i = at; i < end; i++) {
    const c = b[i]!;
    if (c === COLON) return i > at;
    if (c <= SPACE || c >= 127 || '()<>@,;\\"/[]?={}'.includes(String.fromCharCode(c))) return false;
  }
  return false;
}

/** Bytes of the header lines from here on, with the empty line behind them, if it is here. */
export const headerBytes: Probe = (b, at, end) => {
  let here = at;
  while (here < end) {
    const stop = lineText(b, here, end);
    const empty = stop === here;
    if (!empty && !isHeader(b, here, end) && b[here] !== SPACE && b[here] !== TAB) break;
    here = nextLine(b, here, end);
    if (empty) break;
  }
  return here - at;
};

export const lineBytes: Probe = (b, at, end) => nextLine(b, at, end) - at;
export const wordBytes: Probe = (b, at, end) => {
  const stop = lineText(b, at, end);
  const space = b.indexOf(SPACE, at);
  return (space < 0 || space > stop ? stop : space) - at;
};
export const restOfLine: Probe = (b, at, end) => lineText(b, at, end) - at;
export const spaces: Probe = (b, at, end) => { let n = 0; while (at + n < end && b[at + n] === SPACE) n++; return n; };
export const lineEnd: Probe = (b, at, end) => nextLine(b, at, end) - at;
/** A target ends at the last space of its line, before the version. */
export const targetBytes: Probe = (b, at, end) => {
  const stop = lineText(b, at, end);
  const space = b.lastIndexOf(SPACE, stop - 1);
  return (space > at ? space : stop) - at;
};
export const queryAt = (b: Uint8Array, at: number, stop: number): number => { const q = b.indexOf(QUESTION, at); return q >= at && q < stop ? q : -1; };

/** Over the name, the colon and the blanks in front of a header's value. */
export const nameBytes: Probe = (b, at, end) => {
  const stop = lineText(b, at, end);
  let i = b.indexOf(COLON, at) + 1;
  if (i <= at || i > stop) return stop - at;
  while (i < stop && (b[i] === SPACE || b[i] === TAB)) i++;
  return i - at;
};
/** The header's place in a list of names; -1 for another one. */
export const headerIn = (names: readonly string[]): Probe => (b, at, end) => {
  const stop = lineText(b, at, end);
  const colon = b.indexOf(COLON, at);
  return colon <= at || colon > stop ? -1 : names.indexOf(ascii(b, at, colon).trimEnd().toLowerCase());
};

/** A header's value among the lines of packet[from..end); '' without. */
export function headerValue(b: Uint8Array, from: number, end: number, name: string): string {
  for (let at = from; at < end;) {
    const stop = lineText(b, at, end);
    if (stop === at) return '';
    const colon = b.indexOf(COLON, at);
    if (colon > at && colon < stop && ascii(b, at, colon).trimEnd().toLowerCase() === name) return ascii(b, colon + 1, stop).trim();
    at = nextLine(b, at, end);
  }
  return '';
}
