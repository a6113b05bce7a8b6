import { flag, flags, gap, hex, ipv4, uint, type Strings } from '../dissect/field.ts';
import { bytes, fill, pick, tlv, type Cases, type Part, type Probe } from '../dissect/part.ts';

const END = 0;
const NO_OPERATION = 1;

/** Type bytes: copy bit, class and number together (IANA, IP Option Numbers). */
const TYPES: Strings = {
  0: 'End of Options List', 1: 'No-Operation', 7: 'Record Route', 11: 'MTU Probe', 12: 'MTU Reply', 25: 'Quick-Start', 68: 'Time Stamp', 82: 'Traceroute', 130: 'Security', 131: 'Loose Source Route',
  133: 'Extended Security', 134: 'Commercial Security', 136: 'Stream ID', 137: 'Strict Source Route', 148: 'Router Alert', 149: 'Selective Directed Broadcast',
};
const CLASSES: Strings = { 0: 'Control', 1: 'Reserved', 2: 'Debugging and measurement', 3: 'Reserved' };

/** The pointer counts from 1 at the option's type byte; slots before it are filled in (RFC 791 section 3.1). */
const passed: Probe = (b, at, _end, _start, option) => Number(at - option + 1 < b[option + 2]!);
const pointer = uint('opt.ptr', 8, 'Pointer');
const slots = (before: Part, after: Part): Part[] => [pointer, fill([pick(passed, { 1: [before] }, [after])])];
const recorded = ipv4('rec_rt', 'Recorded Route');
const sourceRoute = slots(recorded, ipv4('src_rt', 'Source Route'));

const stamp = uint('opt.time_stamp', 32, 'Time stamp', { unit: 'milliseconds' });
const stamps = [
  pointer, uint('opt.overflow', 4, 'Overflow'), hex('opt.flag', 4, 'Flag', { strings: { 0: 'Time stamps only', 1: 'Time stamp and address', 3: 'Time stamps for prespecified addresses' } }),
  pick('opt.flag', { 0: [fill([stamp])] }, [fill([ipv4('opt.time_stamp_addr', 'Address'), stamp])]),
];

const quickStart = [
  uint('opt.qs_func', 4, 'Function', { strings: { 0: 'Rate request', 8: 'Rate report' } }), uint('opt.qs_rate', 4, 'Rate'), uint('opt.qs_ttl', 8, 'QS TTL'),
  hex('opt.qs_nonce', 30, 'QS Nonce'), hex('opt.qs_reserved', 2, 'Reserved', { digits: 8 }),
];

const bodies: Cases = {
  7: slots(recorded, ipv4('empty_rt', 'Empty Route')),
  11: [uint('opt.mtu', 16, 'MTU')], 12: [uint('opt.mtu', 16, 'MTU')],
  25: quickStart,
  68: stamps,
  82: [uint('opt.id_number', 16, 'ID Number'), uint('opt.ohc', 16, 'Outbound Hop Count'), uint('opt.rhc', 16, 'Return Hop Count'), ipv4('opt.originator', 'Originator IP Address')],
  130: [hex('opt.sec_rfc791_sec', 16, 'Security'), uint('opt.sec_rfc791_comp', 16, 'Compartments'), gap(16), gap(24)],
  131: sourceRoute,
  133: [hex('opt.ext_sec_add_sec_info_format_code', 8, 'Additional Security Info Format Code'), bytes('opt.ext_sec_add_sec_info', 'Additional Security Info')],
  134: [uint('cipso.doi', 32, 'DOI'), uint('cipso.tag_type', 8, 'Tag Type')],
  136: [uint('opt.sid', 16, 'Stream Identifier')],
  137: sourceRoute,
  148: [uint('opt.ra', 16, 'Router Alert', { say: (n) => (n === 0 ? 'Router shall examine packet' : 'Reserved') })],
  149: [fill([ipv4('opt.addr', 'IP Address')])],
};

/** The options of an IPv4 header (RFC 791 section 3.1, RFC 2113, RFC 6814). */
export const ipv4Options = tlv({
  head: [
    flags('opt.type', 'Type', [
      flag('opt.type.copy', 'Copy on fragmentation'), uint('opt.type.class', 2, 'Class', { strings: CLASSES }), uint('opt.type.number', 5, 'Number'),
    ], { display: 'dec', strings: TYPES }),
    uint('opt.len', 8, 'Length', { unit: 'bytes' }),
  ],
  type: 'opt.type', length: 'opt.len', counts: 'option', single: [END, NO_OPERATION], last: END, of: bodies,
  otherwise: [bytes('opt.data', 'Data')],
});
