import { ether, flag, hex, ipv4, uint, type FieldSpec, type Strings } from '../dissect/field.ts';
import type { Layer } from '../dissect/layer.ts';
import { blob, bytes, derived, elsewhere, fill, pick, utf8Text, within, words, type Cases, type Part, type Probe } from '../dissect/part.ts';
import { protocol } from '../dissect/protocol.ts';

const MESSAGES: Strings = { 1: 'Discover', 2: 'Offer', 3: 'Request', 4: 'Decline', 5: 'ACK', 6: 'NAK', 7: 'Release', 8: 'Inform', 9: 'Force Renew', 10: 'Lease query', 11: 'Lease Unassigned', 12: 'Lease Unknown', 13: 'Lease Active' };
/** IANA, BOOTP Vendor Extensions and DHCP Options. */
const OPTIONS: Strings = {
  0: 'Padding', 1: 'Subnet Mask', 2: 'Time Offset', 3: 'Router', 4: 'Time Server', 5: 'Name Server', 6: 'Domain Name Server', 7: 'Log Server', 12: 'Host Name', 15: 'Domain Name', 26: 'Interface MTU', 28: 'Broadcast Address', 33: 'Static Route',
  42: 'Network Time Protocol Servers', 43: 'Vendor-Specific Information', 44: 'NetBIOS name server', 46: 'NetBIOS node type', 50: 'Requested IP Address', 51: 'IP Address Lease Time', 52: 'Option Overload', 53: 'DHCP Message Type', 54: 'DHCP Server Identifier',
  55: 'Parameter Request List', 56: 'Message', 57: 'Maximum DHCP Message Size', 58: 'Renewal Time Value', 59: 'Rebinding Time Value', 60: 'Vendor class identifier', 61: 'Client identifier', 66: 'TFTP Server Name', 67: 'Bootfile name', 81: 'Client Fully Qualified Domain Name',
  82: 'Agent Information Option', 119: 'Domain Search', 121: 'Classless Static Route', 150: 'TFTP Server Address', 249: 'Classless Static Route (Microsoft)', 252: 'Private/Proxy autodiscovery', 255: 'End',
};
const [PAD, END, ETHERNET] = [0, 255, 1];
const COOKIE = 0x6382_5363; // RFC 1497
const HARDWARE = 16; // bytes for an address

const sized = (name: string, label: string, width: number): FieldSpec => ({ ...blob(name, label), width: width * 8 });
const text = (name: string, label: string, size: number): FieldSpec => ({ ...sized(name, label, size), type: 'text', text: utf8Text });
const seconds = (name: string, label: string): Part[] => [uint(name, 32, label, { unit: 'seconds' })];
const addresses = (name: string, label: string): Part[] => [fill([ipv4(name, label)])];

const bodies: Cases = {
  1: [ipv4('option.subnet_mask', 'Subnet Mask')], 3: addresses('option.router', 'Router'), 6: addresses('option.domain_name_server', 'Domain Name Server'), 12: [words('option.hostname', 'Host Name')], 15: [words('option.domain_name', 'Domain Name')],
  28: [ipv4('option.broadcast_address', 'Broadcast Address')], 42: addresses('option.ntp_server', 'Network Time Protocol Server'), 50: [ipv4('option.requested_ip_address', 'Requested IP Address')], 51: seconds('option.ip_address_lease_time', 'IP Address Lease Time'),
  53: [uint('option.dhcp', 8, 'DHCP', { strings: MESSAGES })], 54: [ipv4('option.dhcp_server_id', 'DHCP Server Identifier')], 55: [fill([uint('option.request_list_item', 8, 'Parameter Request List Item', { strings: OPTIONS })])],
  57: [uint('option.dhcp_max_message_size', 16, 'Maximum DHCP Message Size', { unit: 'bytes' })], 58: seconds('option.renewal_time_value', 'Renewal Time Value'), 59: seconds('option.rebinding_time_value', 'Rebinding Time Value'), 60: [words('option.vendor_class_id', 'Vendor class identifier')],
  61: [pick((b, at, stop) => Number(b[at] === ETHERNET && stop - at === 7), { 1: [hex('hw.type', 8, 'Hardware type'), ether('hw.mac_addr', 'Client MAC address')] })],
};

const zeros: Probe = (b, at, end) => { let n = 0; while (at + n < end && b[at + n] === PAD) n++; return n; };
const padding = bytes('option.padding', 'Padding').field;
const option: Part[] = [
  uint('option.type', 8, 'Option', { strings: OPTIONS }), uint('option.length', 8, 'Length', { unit: 'bytes' }),
  within('option.length', [elsewhere(() => 0, [bytes('option.value', 'Value')]), pick('option.type', bodies)]),
];
/** Wireshark's item for the end has the type 0; what stands behind it is padding. */
const end: Part[] = [derived('option.type', 'Option', () => 0, { span: 1, width: 8 }), uint('option.end', 8, 'Option End'), { part: 'rest', field: padding }];
const options = fill([pick((b, at, stop) => (at < stop ? b[at]! : -1), { [PAD]: [{ part: 'measured', field: padding, measure: zeros }], [END]: end }, option)]);

/** A MAC address and what is left of its field, by the hardware's type and length. */
const hardware = pick((b, _at, _end, start) => (b[start + 1] === ETHERNET && b[start + 2] === 6 ? 6 : Math.min(HARDWARE, b[start + 2]!) + 32), {
  6: [ether('hw.mac_addr', 'Client MAC address'), sized('hw.addr_padding', 'Client hardware address padding', HARDWARE - 6)],
  ...Object.fromEntries(Array.from({ length: HARDWARE + 1 }, (_, n) => [n + 32, [...(n > 0 ? [sized('hw.addr', 'Client hardware address', n)] : []), ...(n < HARDWARE ? [sized('hw.addr_padding', 'Client hardware address padding', HARDWARE - n)] : [])]])),
});

const said = (l: Layer): string => `DHCP ${l.words('option.dhcp').padEnd(8)} - Transaction ID ${l.text('id').replace('0x0', '0x')}`;

export const dhcp = protocol('dhcp', {
  label: 'Dynamic Host Configuration Protocol', column: 'DHCP', reference: 'RFC 2131 section 2; RFC 2132', over: { 'udp.port': [67, 68, 4011] }, message: true,
  together: [[0, 34]],
  header: [
    uint('type', 8, 'Message type', { strings: { 1: 'Boot Request', 2: 'Boot Reply' } }), hex('hw.type', 8, 'Hardware type'), uint('hw.len', 8, 'Hardware address length'), uint('hops', 8, 'Hops'), hex('id', 32, 'Transaction ID'),
    uint('secs', 16, 'Seconds elapsed', { unit: 'seconds' }), { ...hex('flags', 16, 'Bootp flags'), parts: [flag('flags.bc', 'Broadcast flag'), hex('flags.reserved', 15, 'Reserved flags', { digits: 4 })] },
    ipv4('ip.client', 'Client IP address'), ipv4('ip.your', 'Your (client) IP address'), ipv4('ip.server', 'Next server IP address'), ipv4('ip.relay', 'Relay agent IP address'), hardware,
    text('server', 'Server host name', 64), text('file', 'Boot file name', 128), pick((b, at, stop) => (at + 4 <= stop ? ((b[at]! << 24) | (b[at + 1]! << 16) | (b[at + 2]! << 8) | b[at + 3]!) : 0), {
      [COOKIE]: [ipv4('cookie', 'Magic cookie'), options],
    }, [bytes('vendor', 'Bootp vendor specific options')]),
  ],
  summary: (l) => l.words('option.dhcp') || l.words('type'), title: (l) => ` (${l.words('option.dhcp')})`, info: said,
});
