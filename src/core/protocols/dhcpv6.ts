import { hex, ipv6, uint, type FieldSpec, type Strings } from '../dissect/field.ts';
import { bytes, elsewhere, fill, pick, tlv, type Part, type Probe } from '../dissect/part.ts';
import { protocol } from '../dissect/protocol.ts';

const MESSAGES: Strings = {
  1: 'Solicit', 2: 'Advertise', 3: 'Request', 4: 'Confirm', 5: 'Renew', 6: 'Rebind', 7: 'Reply', 8: 'Release', 9: 'Decline', 10: 'Reconfigure', 11: 'Information-request', 12: 'Relay-forw', 13: 'Relay-reply', 14: 'Leasequery', 15: 'Leasequery-reply',
};
const OPTIONS: Strings = {
  1: 'Client Identifier', 2: 'Server Identifier', 3: 'Identity Association for Non-temporary Address', 4: 'Identity Association for Temporary Address', 5: 'IA Address', 6: 'Option Request', 7: 'Preference', 8: 'Elapsed time', 9: 'Relay Message', 11: 'Authentication',
  12: 'Server unicast', 13: 'Status code', 14: 'Rapid Commit', 15: 'User Class', 16: 'Vendor Class', 17: 'Vendor-specific Information', 18: 'Interface-Id', 19: 'Reconfigure Message', 20: 'Reconfigure Accept', 23: 'DNS recursive name server', 24: 'Domain Search List',
  25: 'Identity Association for Prefix Delegation', 26: 'IA Prefix', 37: 'Remote Identifier', 39: 'Fully Qualified Domain Name', 59: 'Boot File URL', 79: 'Client link-layer address', 82: 'SOL_MAX_RT',
};
const [RELAY_FORWARD, RELAY_REPLY] = [12, 13];
const DEPTH = 3; // options in options (RFC 9915 sections 21.4, 21.10), relays of relays

const whole = bytes('duid.bytes', 'DUID');
const duid: Part[] = [elsewhere(() => 0, [whole]), uint('duid.type', 16, 'DUID type'), bytes('duid.rest', 'DUID data')];
const iaid = hex('iaid', 32, 'IAID');
const t1 = uint('iaid.t1', 32, 'T1', { unit: 'seconds' });
const t2 = uint('iaid.t2', 32, 'T2', { unit: 'seconds' });
const lifetimes = [uint('iaaddr.pref_lifetime', 32, 'Preferred lifetime', { unit: 'seconds' }), uint('iaaddr.valid_lifetime', 32, 'Valid lifetime', { unit: 'seconds' })];
const prefix = [uint('iaprefix.pref_lifetime', 32, 'Preferred lifetime', { unit: 'seconds' }), uint('iaprefix.valid_lifetime', 32, 'Valid lifetime', { unit: 'seconds' }), uint('iaprefix.pref_len', 8, 'Prefix length'), ipv6('iaprefix.pref_addr', 'Prefix address')];
const address = ipv6('iaaddr.ip', 'IPv6 address');
const requested = uint('requested_option_code', 16, 'Requested Option code', { strings: OPTIONS });
const elapsed = uint('elapsed_time', 16, 'Elapsed time', { scale: 10, unit: 'milliseconds' });
const head: FieldSpec[] = [uint('option.type', 16, 'Option', { strings: OPTIONS }), uint('option.length', 16, 'Length', { unit: 'bytes' })];
const rest = bytes('option.value', 'Value');
const message = [uint('msgtype', 8, 'Message type', { strings: MESSAGES }), uint('hopcount', 8, 'Hopcount'), ipv6('linkaddr', 'Link address'), ipv6('peeraddr', 'Peer address'), hex('xid', 24, 'Transaction ID')] as const;

/** Relays wrap a message into one of their own. */
const isRelay: Probe = (b, at) => Number(b[at - 1] === RELAY_FORWARD || b[at - 1] === RELAY_REPLY);
const [type, hops, link, peer, id] = message;
const content = (depth: number): Part[] => [type, pick(isRelay, { 1: [hops, link, peer] }, [id]), options(depth)];

function options(depth: number): Part {
  const inner: Part[] = depth > 0 ? [options(depth - 1)] : [rest];
  return tlv({
    head, type: 'option.type', length: 'option.length', counts: 'body', otherwise: [rest],
    of: { 1: duid, 2: duid, 3: [iaid, t1, t2, ...inner], 4: [iaid, ...inner], 5: [address, ...lifetimes, ...inner], 6: [fill([requested])], 8: [elapsed], 9: depth > 0 ? content(depth - 1) : [rest], 25: [iaid, t1, t2, ...inner], 26: [...prefix, ...inner] },
  });
}

export const dhcpv6 = protocol('dhcpv6', {
  label: 'DHCPv6', column: 'DHCPv6', reference: 'RFC 9915 section 8', over: { 'udp.port': [546, 547] }, message: true, header: content(DEPTH),
  summary: (l) => l.words('msgtype'), title: () => '', info: (l) => `${l.words('msgtype')} ${l.has('xid') ? `XID: ${l.text('xid')} ` : ''}`,
});
