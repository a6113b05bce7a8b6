import { flags, gap, hex, ipv4, ipv6, uint } from '../dissect/field.ts';
import { bytes, pick, repeat } from '../dissect/part.ts';
import { protocol } from '../dissect/protocol.ts';

const ADVERTISEMENTS = { 2: [uint('auth_type', 8, 'Auth Type'), uint('adver_int', 8, 'Adver Int', { unit: 'seconds' })], 3: [uint('reserved_mbz', 4, 'Reserved'), uint('short_adver_int', 12, 'Adver Int', { unit: 'hundredths of a second' })] };
const IPV6_HEADER = 40;

export const vrrp = protocol('vrrp', {
  label: 'Virtual Router Redundancy Protocol', column: 'VRRP', reference: 'RFC 9568 section 5.1; RFC 3768 section 5.1', message: true, over: { 'ip.proto': [112] },
  header: [
    { ...flags('typever', 'VRRP message version and type', [uint('version', 4, 'VRRP protocol version'), uint('type', 4, 'VRRP packet type', { strings: { 1: 'Advertisement' } })]), display: 'dec' },
    uint('virt_rtr_id', 8, 'Virtual Rtr ID'), uint('prio', 8, 'Priority', { strings: { 0: 'Current Master has stopped participating in VRRP', 100: 'Default priority for a backup VRRP router', 255: 'This VRRP router owns the virtual router\'s IP address(es)' } }), uint('addr_count', 8, 'Addr Count'),
    pick('version', ADVERTISEMENTS, [gap(16)]), hex('checksum', 16, 'Checksum'),
    // Sixteen bytes an address where IPv6 carries it.
    pick((b, _at, _end, start) => (start >= IPV6_HEADER && b[start - IPV6_HEADER]! >> 4 === 6 ? 6 : 4), { 4: [repeat('addr_count', [ipv4('ip_addr', 'IP Address')])], 6: [repeat('addr_count', [ipv6('ipv6_addr', 'IPv6 Address')])] }),
    pick('version', { 2: [pick('auth_type', { 0: [gap(64)] }, [bytes('auth_string', 'Authentication String')])] }),
  ],
  closed: true, summary: (l) => `router ${l.text('virt_rtr_id')}, priority ${l.text('prio')}`, title: () => '', info: (l) => `${l.num('type') === 1 ? 'Announcement' : 'Unknown'} (v${l.text('version')})`,
});
