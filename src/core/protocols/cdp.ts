import { hex, uint, type Strings } from '../dissect/field.ts';
import { bytes, tlv, words } from '../dissect/part.ts';
import { protocol } from '../dissect/protocol.ts';

const TYPES: Strings = { 1: 'Device ID', 2: 'Addresses', 3: 'Port ID', 4: 'Capabilities', 5: 'Software version', 6: 'Platform', 7: 'IP Prefix/Gateway', 8: 'Protocol Hello', 9: 'VTP Management Domain', 10: 'Native VLAN', 11: 'Duplex', 14: 'VoIP VLAN Reply', 16: 'Power consumption', 18: 'Trust Bitmap', 19: 'Untrusted port CoS', 20: 'System Name', 22: 'Management Addresses' };

export const cdp = protocol('cdp', {
  label: 'Cisco Discovery Protocol', column: 'CDP', reference: 'Cisco, Cisco Discovery Protocol', message: true, over: { 'llc.dsap': [0x12000], 'gre.proto': [0x2000] },
  header: [
    uint('version', 8, 'Version'), uint('ttl', 8, 'TTL', { unit: 'seconds' }), hex('checksum', 16, 'Checksum'),
    tlv({
      head: [hex('tlv.type', 16, 'Type', { strings: TYPES }), uint('tlv.len', 16, 'Length', { unit: 'bytes' })], type: 'tlv.type', length: 'tlv.len', counts: 'option',
      of: { 1: [words('deviceid', 'Device ID')], 3: [words('portid', 'Sent through Interface')], 4: [hex('capabilities', 32, 'Capabilities')], 5: [words('software_version', 'Software Version')], 6: [words('platform', 'Platform')], 10: [uint('native_vlan', 16, 'Native VLAN')] },
      otherwise: [bytes('data', 'Data')],
    }),
  ],
  closed: true, summary: (l) => l.text('deviceid'), title: () => '',
  info: (l) => `${l.has('deviceid') ? `Device ID: ${l.text('deviceid')}  ` : ''}${l.has('portid') ? `Port ID: ${l.text('portid')}  ` : ''}`,
});
