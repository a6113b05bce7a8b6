import { gap, hex, ipv4, uint, type FieldSpec, type Strings } from '../dissect/field.ts';
import { blob, bytes, fill, pick, utf8Text, type Part } from '../dissect/part.ts';
import { protocol } from '../dissect/protocol.ts';

const MESSAGES: Strings = { 1: 'Hello Packet', 2: 'DB Description', 3: 'LS Request', 4: 'LS Update', 5: 'LS Acknowledge' };
const [HELLO, DESCRIPTION, REQUEST, UPDATE, ACKNOWLEDGE] = [1, 2, 3, 4, 5];
const LS_TYPES: Strings = { 1: 'Router-LSA', 2: 'Network-LSA', 3: 'Summary-LSA (IP network)', 4: 'Summary-LSA (ASBR)', 5: 'AS-External-LSA (ASBR)', 7: 'NSSA AS-External-LSA', 9: 'Opaque LSA, Link-local scope', 10: 'Opaque LSA, Area-local scope', 11: 'Opaque LSA, AS-local scope' };

const sized = (name: string, label: string, size: number): FieldSpec => ({ ...blob(name, label), width: size * 8 });
const lsa: Part[] = [
  uint('lsa.age', 16, 'LS Age (seconds)'), hex('v2.options', 8, 'Options'), uint('lsa', 8, 'LS Type', { strings: LS_TYPES }), ipv4('lsa.id', 'Link State ID'), ipv4('advrouter', 'Advertising Router'), hex('lsa.seqnum', 32, 'Sequence Number'), hex('lsa.chksum', 16, 'Checksum'), uint('lsa.length', 16, 'Length', { unit: 'bytes' }),
];
const bodies: Readonly<Record<number, readonly Part[]>> = {
  [HELLO]: [
    ipv4('hello.network_mask', 'Network Mask'), uint('hello.hello_interval', 16, 'Hello Interval [sec]'), hex('v2.options', 8, 'Options'), uint('hello.router_priority', 8, 'Router Priority'), uint('hello.router_dead_interval', 32, 'Router Dead Interval [sec]'),
    ipv4('hello.designated_router', 'Designated Router'), ipv4('hello.backup_designated_router', 'Backup Designated Router'), fill([ipv4('hello.active_neighbor', 'Active Neighbor')]),
  ],
  [DESCRIPTION]: [uint('db.interface_mtu', 16, 'Interface MTU'), hex('v2.options', 8, 'Options'), hex('dbd', 8, 'DB Description'), uint('db.dd_sequence', 32, 'DD Sequence'), fill(lsa)],
  [REQUEST]: [fill([uint('link_state_type', 32, 'Link State Type', { strings: LS_TYPES }), ipv4('link_state_id', 'Link State ID'), ipv4('advrouter', 'Advertising Router')])],
  [UPDATE]: [uint('ls.number_of_lsas', 32, 'Number of LSAs'), bytes('ls.lsas', 'Link State Advertisements')],
  [ACKNOWLEDGE]: [fill(lsa)],
};
const authentication = pick('auth.type', { 0: [sized('auth.none', 'Auth Data (none)', 8)], 1: [{ ...sized('auth.simple', 'Auth Data (Simple)', 8), type: 'text', text: utf8Text }], 2: [gap(16), uint('auth.crypt.key_id', 8, 'Auth Crypt Key id'), uint('auth.crypt.data_length', 8, 'Auth Crypt Data Length'), uint('auth.crypt.seq_nbr', 32, 'Auth Crypt Sequence Number')] }, [sized('auth.unknown', 'Auth Unknown', 8)]);

export const ospf = protocol('ospf', {
  label: 'Open Shortest Path First', column: 'OSPF', reference: 'RFC 2328 appendix A.3; RFC 5340 appendix A.3', message: true, over: { 'ip.proto': [89] },
  header: [
    uint('version', 8, 'Version'), uint('msg', 8, 'Message Type', { strings: MESSAGES }), uint('packet_length', 16, 'Packet Length', { unit: 'bytes' }), ipv4('srcrouter', 'Source OSPF Router'), ipv4('area_id', 'Area ID'), hex('checksum', 16, 'Checksum'),
    pick('version', { 2: [uint('auth.type', 16, 'Auth Type', { strings: { 0: 'Null', 1: 'Simple password', 2: 'Cryptographic' } }), authentication, pick('msg', bodies, [bytes('data', 'Data')])], 3: [uint('instance_id', 8, 'Instance ID'), uint('reserved', 8, 'Reserved'), bytes('data', 'Data')] }, [bytes('data', 'Data')]),
  ],
  headerLength: 'packet_length', closed: true, summary: (l) => l.words('msg'), title: () => '', info: (l) => l.words('msg') || `Unknown OSPF message (${l.text('msg')})`,
});
