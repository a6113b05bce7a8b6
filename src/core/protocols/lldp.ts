import { ether, flag, gap, hex, ipv4, ipv6, uint, type FieldSpec, type Strings } from '../dissect/field.ts';
import { bytes, pick, tlv, within, words, type Cases, type Part } from '../dissect/part.ts';
import { protocol } from '../dissect/protocol.ts';

const TLVS: Strings = {
  0: 'End of LLDPDU', 1: 'Chassis Id', 2: 'Port Id', 3: 'Time to Live', 4: 'Port Description', 5: 'System Name', 6: 'System Description', 7: 'System Capabilities', 8: 'Management Address', 127: 'Organization Specific',
};
const CHASSIS: Strings = { 1: 'Chassis component', 2: 'Interface alias', 3: 'Port component', 4: 'MAC address', 5: 'Network address', 6: 'Interface name', 7: 'Locally assigned' };
const PORT: Strings = { 1: 'Interface alias', 2: 'Port component', 3: 'MAC address', 4: 'Network address', 5: 'Interface name', 6: 'Agent circuit Id', 7: 'Locally assigned' };
const CAPABILITIES = ['Other', 'Repeater', 'Bridge', 'WLAN access point', 'Router', 'Telephone', 'DOCSIS cable device', 'Station only', 'C-VLAN component', 'S-VLAN component', 'Two-port MAC Relay'];

const network = (name: string): Part[] => [uint(`${name}.addr_family`, 8, 'Address Family'), pick(`${name}.addr_family`, { 1: [ipv4(`${name}.id.ip4`, 'IP address')], 2: [ipv6(`${name}.id.ip6`, 'IP address')] }, [bytes(`${name}.id`, 'Id')])];
const capable = (name: string, label: string): FieldSpec => ({
  ...hex(name, 16, label), parts: [gap(16 - CAPABILITIES.length), ...CAPABILITIES.map((word, bit) => flag(`${name}.b${bit}`, word, 1, { tag: word })).reverse()],
});
const management: Part[] = [
  uint('mgn.addr.len', 8, 'Address String Length'), uint('mgn.addr.subtype', 8, 'Address Subtype'), pick('mgn.addr.subtype', { 1: [ipv4('mgn.addr.ip4', 'Management Address')], 2: [ipv6('mgn.addr.ip6', 'Management Address')] }, [
    { part: 'derived', field: uint('mgn.addr.rest', 0, '', { hidden: true }), value: (b, at) => Math.max(0, b[at - 2]! - 1), span: 0 }, within('mgn.addr.rest', [bytes('mgn.addr.hex', 'Management Address')]),
  ]),
  uint('mgn.interface.subtype', 8, 'Interface Subtype'), uint('mgn.interface.number', 32, 'Interface Number'), uint('mgn.obj.len', 8, 'OID String Length'), within('mgn.obj.len', [bytes('mgn.oid', 'Object Identifier')]),
];
const ieee8021: Part[] = [hex('ieee.802_1.subtype', 8, 'IEEE 802.1 Subtype'), pick('ieee.802_1.subtype', { 1: [uint('ieee.802_1.port_vlan.id', 16, 'Port VLAN Identifier', { both: true })] }, [bytes('ieee.802_1.data', 'Data')])];
const ieee8023: Part[] = [hex('ieee.802_3.subtype', 8, 'IEEE 802.3 Subtype'), bytes('ieee.802_3.data', 'Data')];

const bodies: Cases = {
  0: [],
  1: [uint('chassis.subtype', 8, 'Chassis Id Subtype', { strings: CHASSIS }), pick('chassis.subtype', { 4: [ether('chassis.id.mac', 'Chassis Id')], 5: network('chassis') }, [words('chassis.id', 'Chassis Id')])],
  2: [uint('port.subtype', 8, 'Port Id Subtype', { strings: PORT }), pick('port.subtype', { 3: [ether('port.id.mac', 'Port Id')], 4: network('port') }, [words('port.id', 'Port Id')])],
  3: [uint('time_to_live', 16, 'Seconds', { unit: 'seconds' })],
  4: [words('port.desc', 'Port Description')], 5: [words('tlv.system.name', 'System Name')], 6: [words('tlv.system.desc', 'System Description')],
  7: [capable('tlv.system_cap', 'Capabilities'), capable('tlv.enable_system_cap', 'Enabled Capabilities')],
  8: management,
  127: [uint('orgtlv.oui', 24, 'Organization Unique Code', { strings: { 0x0080c2: 'IEEE 802.1', 0x00120f: 'IEEE 802.3', 0x0012bb: 'TIA TR-41 MED', 0x000ecf: 'PROFINET' } }), pick('orgtlv.oui', { 0x0080c2: ieee8021, 0x00120f: ieee8023 }, [bytes('unknown_subtype', 'Organization Specific Data')])],
};

export const lldp = protocol('lldp', {
  message: true, label: 'Link Layer Discovery Protocol', column: 'LLDP', reference: 'IEEE 802.1AB section 8', over: { ethertype: [0x88cc] },
  header: [tlv({
    head: [uint('tlv.type', 7, 'TLV Type', { strings: TLVS }), uint('tlv.len', 9, 'TLV Length', { unit: 'bytes' })],
    type: 'tlv.type', length: 'tlv.len', counts: 'body', last: 0, of: bodies, otherwise: [bytes('unknown', 'Data')],
  })],
  closed: true,
  summary: (l) => l.text('tlv.system.name') || l.text('chassis.id') || l.text('chassis.id.mac'),
  title: () => '',
  info: (l) => [l.text('chassis.id.mac') ? `MA/${l.text('chassis.id.mac')}` : l.text('chassis.id'), l.text('port.id.mac') ? `MA/${l.text('port.id.mac')}` : l.text('port.id'), l.text('time_to_live')].filter(Boolean).join(' '),
});
