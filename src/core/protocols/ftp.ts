import { flag } from '../dissect/field.ts';
import { derived, fill, measured, pick, type Part } from '../dissect/part.ts';
import type { Layer } from '../dissect/layer.ts';
import { protocol } from '../dissect/protocol.ts';
import { ascii, lineText } from './http-lines.ts';
import { answer, firstWord, isAnswer, lineBytes, restOfLine } from './text-lines.ts';

const kind = (name: 'request' | 'response', value: number): Part => derived(name, name === 'request' ? 'Request' : 'Response', () => value, { ...flag(name, '', 1), label: name === 'request' ? 'Request' : 'Response' });
const more = fill([measured('line', 'Line', lineBytes, (b, at, end) => ascii(b, at, lineText(b, at, end)))]);
const said = (l: Layer): string => {
  const response = l.has('response.code');
  const first = ascii(l.packet, l.offset, lineText(l.packet, l.offset, l.offset + l.length));
  return `${response ? 'Response' : 'Request'}: ${first}`;
};

/** The control connection: commands one way, three digits and words the other. */
export const ftp = protocol('ftp', {
  label: 'File Transfer Protocol', column: 'FTP', reference: 'RFC 959 section 4', message: true, over: { 'tcp.port': [21] },
  header: [pick(isAnswer, { 1: [kind('response', 1), kind('request', 0), ...answer('response.code', 'response.arg')] }, [kind('request', 1), kind('response', 0), ...firstWord('request.command', 'Request command'), ...restOfLine('request.arg', 'Request arg')]), more],
  summary: said, title: () => '', info: said,
});
