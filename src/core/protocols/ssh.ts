import { bytes, fill, measured, pick, type Probe } from '../dissect/part.ts';
import type { Layer } from '../dissect/layer.ts';
import { protocol } from '../dissect/protocol.ts';
import { ascii, lineText } from './http-lines.ts';
import { lineBytes } from './text-lines.ts';

const banner: Probe = (b, at, end) => Number(at + 4 <= end && ascii(b, at, at + 4) === 'SSH-');
const PORTS = [22, 29418];

/** Who speaks is told by the port. */
const said = (l: Layer): string => {
  const from = l.outer?.num('srcport') ?? NaN;
  return `${PORTS.includes(from) ? 'Server' : 'Client'}: ${l.has('protocol') ? `Protocol (${l.text('protocol')})` : 'Encrypted packet'}`;
};

/** The banners; what follows is read by those who have the keys. */
export const ssh = protocol('ssh', {
  label: 'SSH Protocol', column: 'SSH', reference: 'RFC 4253 section 4.2', message: true, over: { 'tcp.port': PORTS },
  header: [fill([pick(banner, { 1: [measured('protocol', 'Protocol', lineBytes, (b, at, end) => ascii(b, at, lineText(b, at, end)))] }, [bytes('encrypted_packet', 'Packets')])])],
  summary: (l) => l.text('protocol'), title: () => '', info: said,
});
