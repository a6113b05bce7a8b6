// Lines of text in a protocol of commands and answers (RFC 959, RFC 5321): their words, found byte by byte.

import { uint } from '../dissect/field.ts';
import { measured, type Part, type Probe } from '../dissect/part.ts';
import { ascii, lineText, nextLine } from './http-lines.ts';

const SPACE = 32;
const isDigit = (c: number | undefined): boolean => c !== undefined && c >= 48 && c <= 57;

/** 1 where a line begins with an answer's code: three digits, and a blank, a hyphen, or nothing more. */
export const isAnswer: Probe = (b, at, end) => Number(at + 3 <= end && isDigit(b[at]) && isDigit(b[at + 1]) && isDigit(b[at + 2]) && (at + 3 === end || b[at + 3] === SPACE || b[at + 3] === 45 || b[at + 3] === 13 || b[at + 3] === 10));

const textOf = (b: Uint8Array, at: number, end: number): string => ascii(b, at, lineText(b, at, end));
const wordBytes: Probe = (b, at, end) => { const stop = lineText(b, at, end); let n = at; while (n < stop && b[n] !== SPACE) n++; return n - at; };
const restBytes: Probe = (b, at, end) => lineText(b, at, end) - at;
const gapBytes: Probe = (b, at, end) => Number(at < end && (b[at] === SPACE || b[at] === 45));
const endBytes: Probe = (b, at, end) => nextLine(b, at, end) - at;
export const lineBytes: Probe = (b, at, end) => nextLine(b, at, end) - at;

/** Bytes that no field names: a blank, a line end. */
export const over = (measure: Probe): Part => ({ part: 'measured', field: { name: '', label: '', type: 'bytes', width: 0, display: 'none' }, measure });

/** What is left of a line, where anything is; then its end. */
export const restOfLine = (name: string, label: string): Part[] => [{ part: 'pick', by: restBytes, of: { 0: [] }, otherwise: [measured(name, label, restBytes, textOf)] }, over(endBytes)];
/** A line's first word, and the blank behind it. */
export const firstWord = (name: string, label: string): Part[] => [measured(name, label, wordBytes, textOf), over(gapBytes)];

/** An answer's code as a number, and its words. */
export const answer = (code: string, words: string, strings = {}): Part[] => [
  { part: 'derived', field: uint(code, 32, 'Response code', { strings }), value: (b, at) => Number(ascii(b, at, at + 3)), span: 3 }, over(() => 3), over(gapBytes), ...restOfLine(words, 'Response arg'),
];
