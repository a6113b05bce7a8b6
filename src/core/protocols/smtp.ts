import { fill, pick } from '../dissect/part.ts';
import type { Layer } from '../dissect/layer.ts';
import { protocol } from '../dissect/protocol.ts';
import { ascii, lineText } from './http-lines.ts';
import { answer, firstWord, isAnswer, lineBytes, over, restOfLine } from './text-lines.ts';

const said = (l: Layer): string => {
  if (!l.has('response.code')) return `C: ${ascii(l.packet, l.offset, lineText(l.packet, l.offset, l.offset + l.length))}`;
  const [first = '', ...more] = l.texts('rsp.parameter');
  const mark = l.packet[l.offset + 3] === 45 ? '-' : ' ';
  return `S: ${l.text('response.code')}${mark}${[first, ...more].join(' | ')}`;
};

export const smtp = protocol('smtp', {
  label: 'Simple Mail Transfer Protocol', column: 'SMTP', reference: 'RFC 5321 section 4.2', message: true, over: { 'tcp.port': [25, 587] },
  // Wireshark has the code of an answer of several lines once.
  header: [pick(isAnswer, { 1: [...answer('response.code', 'rsp.parameter'), fill([pick(isAnswer, { 1: [over(() => 4), ...restOfLine('rsp.parameter', 'Response parameter')] }, [over(lineBytes)])])] }, [fill([...firstWord('req.command', 'Command'), ...restOfLine('req.parameter', 'Request parameter')])])],
  summary: said, title: () => '', info: said,
});
