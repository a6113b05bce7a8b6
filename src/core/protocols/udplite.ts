import { hex, uint } from '../dissect/field.ts';
import { protocol } from '../dissect/protocol.ts';
import { UDP_PORTS } from './numbers/ports.ts';
import { portWords } from './words.ts';

const HEADER = 8; // bytes

/** UDP with a checksum over a part of the datagram; its other fields have UDP's names. */
export const udplite = protocol('udplite', {
  label: 'Lightweight User Datagram Protocol', column: 'UDP-Lite', prefix: 'udp', reference: 'RFC 3828 section 3.1', over: { 'ip.proto': [136] }, message: true,
  header: [
    uint('srcport', 16, 'Source Port', { also: 'udp.port', note: UDP_PORTS }), uint('dstport', 16, 'Destination Port', { also: 'udp.port', note: UDP_PORTS }), uint('checksum_coverage', 16, 'Checksum coverage', { unit: 'bytes' }), hex('checksum', 16, 'Checksum'),
  ],
  carries: portWords, opens: 'never', next: { table: 'udp.port', keys: ['srcport', 'dstport'] },
  summary: (l) => `${l.text('srcport')} → ${l.text('dstport')}`, title: (l) => `, Src Port: ${l.text('srcport')}, Dst Port: ${l.text('dstport')}`,
  info: (l) => (l.has('dstport') ? `${l.text('srcport')} \u2192 ${l.text('dstport')} Len=${Math.max(0, l.room - HEADER)}${l.num('checksum') === 0 ? ' [ILLEGAL CHECKSUM (0)]' : ''}` : ''),
});
