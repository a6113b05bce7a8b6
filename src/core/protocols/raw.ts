import { derived } from '../dissect/part.ts';
import { protocol } from '../dissect/protocol.ts';

/** LINKTYPE_RAW: no link header at all, an IP packet of either version. */
export const raw = protocol('raw', {
  label: 'Raw packet data', column: 'Raw', reference: 'tcpdump.org/linktypes.html, LINKTYPE_RAW',
  header: [derived('version', 'Version', (b, at) => b[at]! >> 4, { hidden: true, span: 1 })], // looked at and not passed over
  next: { table: 'ip.version', keys: ['version'] },
  carries: () => 'Neither IPv4 nor IPv6',
  summary: () => 'an IP packet without a link header',
  silentWhenCut: true,
  info: () => 'Raw packet data',
});
