import { uint, type FieldSpec } from '../dissect/field.ts';
import { protocol } from '../dissect/protocol.ts';

/** The first four bits of what follows, looked at and not passed over. */
const version: FieldSpec<'version'> = {
  name: '', names: 'version', label: '', type: 'uint', width: 0, display: 'none', views: [{ at: 0, field: uint('version', 4, 'Version', { hidden: true }) }],
};

/** LINKTYPE_RAW: no link header at all, an IP packet of either version. */
export const raw = protocol('raw', {
  label: 'Raw packet data', column: 'Raw', reference: 'tcpdump.org/linktypes.html, LINKTYPE_RAW',
  header: [version],
  next: { table: 'ip.version', keys: ['version'] },
  summary: () => 'an IP packet without a link header',
  info: () => 'Raw packet data',
});
