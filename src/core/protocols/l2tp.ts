import { flag, gap, hex, uint } from '../dissect/field.ts';
import { bytes, derived, pick, tlv, within, type Part, type Probe } from '../dissect/part.ts';
import { protocol } from '../dissect/protocol.ts';

const MESSAGES = {
  1: 'Start_Control_Request', 2: 'Start_Control_Reply', 3: 'Start_Control_Connected', 4: 'Stop_Control_Notification', 6: 'Hello', 7: 'Outgoing_Call_Request', 8: 'Outgoing_Call_Reply', 9: 'Outgoing_Call_Connected', 10: 'Incoming_Call_Request',
  11: 'Incoming_Call_Reply', 12: 'Incoming_Call_Connected', 14: 'Call_Disconnect_Notification', 15: 'WAN_Error_Notify', 16: 'Set_Link_Info', 20: 'Explicit_Acknowledgement',
};
const [CONTROL, LENGTH, SEQUENCE, OFFSET] = [0x80, 0x40, 0x08, 0x02]; // bits of the first byte (RFC 2661 section 3.1)
const has = (mask: number): Probe => (b, _at, _end, start) => Number((b[start]! & mask) !== 0);
const when = (mask: number, parts: readonly Part[]): Part => pick(has(mask), { 1: parts });

const attributes = tlv({
  head: [
    { ...hex('avp.flags', 6, 'AVP flags', { digits: 4 }), parts: [flag('avp.mandatory', 'Mandatory'), flag('avp.hidden', 'Hidden'), gap(4)] }, uint('avp.length', 10, 'Length', { unit: 'bytes' }), uint('avp.vendor_id', 16, 'Vendor ID'),
    uint('avp.type', 16, 'AVP Type'),
  ],
  type: 'avp.type', length: 'avp.length', counts: 'option', of: { 0: [uint('avp.message_type', 16, 'Message Type', { strings: MESSAGES })] }, otherwise: [bytes('avp.value', 'Value')],
});

const bits = [
  uint('type', 1, 'Type', { strings: { 0: 'Data Message', 1: 'Control Message' } }), flag('length_bit', 'Length Bit'), gap(2), flag('seq_bit', 'Sequence Bit'), gap(1), flag('offset_bit', 'Offset bit'), flag('priority', 'Priority'), gap(4),
  uint('version', 4, 'Version'),
] as const;
const version2: Part[] = [
  ...bits, when(LENGTH, [uint('length', 16, 'Length', { unit: 'bytes' })]), uint('tunnel', 16, 'Tunnel ID'), uint('session', 16, 'Session ID'), when(SEQUENCE, [uint('Ns', 16, 'Ns'), uint('Nr', 16, 'Nr')]),
  when(OFFSET, [uint('offset', 16, 'Offset', { unit: 'bytes' }), within('offset', [])]), when(CONTROL, [attributes]),
];
const version3: Part[] = [
  uint('type', 1, 'Type', { strings: { 0: 'Data Message', 1: 'Control Message' } }), flag('length_bit', 'Length Bit'), gap(2), flag('seq_bit', 'Sequence Bit'), gap(7), uint('version', 4, 'Version'),
  pick(has(CONTROL), { 1: [uint('length', 16, 'Length', { unit: 'bytes' }), hex('ccid', 32, 'Control Connection ID'), uint('Ns', 16, 'Ns'), uint('Nr', 16, 'Nr'), attributes] }, [gap(16), hex('sid', 32, 'Session ID'), bytes('payload', 'Session data')]),
];
/** PPP follows the data messages of version 2. */
const carried: Probe = (b, at, end, start) => ((b[start]! & CONTROL) === 0 && (b[start + 1]! & 15) === 2 && at < end ? 1 : 0);

export const l2tp = protocol('l2tp', {
  message: true, label: 'Layer 2 Tunneling Protocol', column: 'L2TP', reference: 'RFC 2661 section 3.1; RFC 3931 section 4.1.2', over: { 'udp.port': [1701] },
  header: [pick((b, at, end) => (at + 2 <= end ? b[at + 1]! & 15 : 2), { 3: version3 }, version2), derived('carried', '', carried, { hidden: true })],
  next: { table: 'l2tp.carried', keys: ['carried'] }, opens: 'never',
  summary: (l) => `tunnel ${l.text('tunnel')}, session ${l.text('session')}`, title: () => '',
  info: (l) => (l.num('type') === 1 ? `Control Message - ${l.words('avp.message_type') || 'ZLB'}` : 'Data Message'),
});

/** Version 3 right over IP: a session's number, or 0 and a control message. */
export const l2tpIp = protocol('l2tp_ip', {
  message: true, label: 'Layer 2 Tunneling Protocol version 3', column: 'L2TPv3', path: 'l2tp', prefix: 'l2tp', reference: 'RFC 3931 section 4.1.1', over: { 'ip.proto': [115] },
  header: [
    hex('sid', 32, 'Session ID'),
    pick('sid', { 0: [uint('type', 1, 'Type'), flag('length_bit', 'Length Bit'), gap(2), flag('seq_bit', 'Sequence Bit'), gap(7), uint('version', 4, 'Version'), uint('length', 16, 'Length'), hex('ccid', 32, 'Control Connection ID'), uint('Ns', 16, 'Ns'), uint('Nr', 16, 'Nr'), attributes] }, [bytes('payload', 'Session data')]),
  ],
  summary: (l) => `session ${l.text('sid')}`, title: () => '', info: (l) => (l.num('sid') === 0 ? 'Control Message' : `Data Message - session ${l.text('sid')}`),
});
