import { ipv4, type Strings } from '../dissect/field.ts';
import { blob, bytes, derived, fill, pick, words, type Part, type Probe } from '../dissect/part.ts';
import type { Layer } from '../dissect/layer.ts';
import { protocol } from '../dissect/protocol.ts';
import { bodyBytes, headBytes, inside, integer, oidText } from './ber.ts';

const VERSIONS: Strings = { 0: 'version-1', 1: 'v2c', 2: 'v2u', 3: 'snmpv3' };
const OPERATIONS: Strings = { 0: 'get-request', 1: 'get-next-request', 2: 'get-response', 3: 'set-request', 4: 'trap', 5: 'getBulkRequest', 6: 'informRequest', 7: 'snmpV2-trap', 8: 'report' };
const ERRORS: Strings = {
  0: 'noError', 1: 'tooBig', 2: 'noSuchName', 3: 'badValue', 4: 'readOnly', 5: 'genErr', 6: 'noAccess', 7: 'wrongType', 8: 'wrongLength', 9: 'wrongEncoding', 10: 'wrongValue', 11: 'noCreation', 12: 'inconsistentValue', 13: 'resourceUnavailable', 14: 'commitFailed', 15: 'undoFailed',
  16: 'authorizationError', 17: 'notWritable', 18: 'inconsistentName',
};
const TRAPS: Strings = { 0: 'coldStart', 1: 'warmStart', 2: 'linkDown', 3: 'linkUp', 4: 'authenticationFailure', 5: 'egpNeighborLoss', 6: 'enterpriseSpecific' };
const [PDU, TRAP] = [0xa0, 4];

const tag: Probe = (b, at, end) => (at < end ? b[at]! : -1);
/** How many elements are in the one that begins here. */
const elements: Probe = (b, at, end, start, option) => {
  let here = at + headBytes(b, at, end, start, option);
  const stop = Math.min(end, here + bodyBytes(b, at, end, start, option));
  let count = 0;
  while (here < stop) {
    const size = bodyBytes(b, here, stop, start, option);
    if (size < 0) break;
    here += headBytes(b, here, stop, start, option) + size;
    count++;
  }
  return count;
};
const value = pick(tag, {
  2: integer('value.int', 'Value (Integer32)'), 4: inside([bytes('value.octets', 'Value (OctetString)')]), 5: inside([]), 6: inside([words('value.oid', 'Value (OID)', oidText)]), 0x40: inside([ipv4('value.ipv4', 'Value (IpAddress)')]),
  0x41: integer('value.u32', 'Value (Counter32)'), 0x42: integer('value.g32', 'Value (Gauge32)'), 0x43: integer('value.timeticks', 'Value (Timeticks)'),
}, inside([bytes('value.unk', 'Value')]));
const bindings: Part[] = [derived('variable_bindings', 'variable-bindings', elements, { width: 32 }), ...inside([fill(inside([...inside([words('name', 'Object Name', oidText)]), value]))])];
const request: Part[] = [...integer('request_id', 'request-id'), ...integer('error_status', 'error-status', ERRORS), ...integer('error_index', 'error-index'), ...bindings];
const bulk: Part[] = [...integer('request_id', 'request-id'), ...integer('non_repeaters', 'non-repeaters'), ...integer('max_repetitions', 'max-repetitions'), ...bindings];
const trap: Part[] = [...inside([words('enterprise', 'enterprise', oidText)]), ...inside([ipv4('agent_addr', 'agent-addr')]), ...integer('generic_trap', 'generic-trap', TRAPS), ...integer('specific_trap', 'specific-trap'), ...integer('time_stamp', 'time-stamp'), ...bindings];
const pdu: Part[] = [derived('data', 'data', (b, at, end) => (at < end && b[at]! >= PDU && b[at]! <= PDU + 8 ? b[at]! - PDU : -1), { strings: OPERATIONS, width: 32, span: 1 }), ...inside([pick('data', { [TRAP]: trap, 5: bulk }, request)])];

const said = (l: Layer): string => (l.has('data') ? `${l.words('data')}${l.texts('name').map((name) => ` ${name}`).join('')}` : l.num('msgVersion') === 3 ? 'SNMPv3' : '');
const isV3: Probe = (b, at, end, start, option) => { const head = headBytes(b, at, end, start, option); return Number(at + head + 3 <= end && b[at + head] === 2 && b[at + head + 2] === 3); };

/** Versions 1 and 2c whole; of version 3, whose message may be encrypted, its bytes. */
export const snmp = protocol('snmp', {
  label: 'Simple Network Management Protocol', column: 'SNMP', reference: 'RFC 1157 section 4; RFC 3416 section 3; RFC 3412', message: true, over: { 'udp.port': [161, 162, 8161], 'tcp.port': [161, 162] },
  accepts: (b, at, end) => Number(at + 2 <= end && b[at] === 0x30),
  header: [pick(isV3, { 1: inside([...integer('msgVersion', 'msgVersion', VERSIONS), { part: 'rest', field: blob('msg', 'Message') }]) }, inside([...integer('version', 'version', VERSIONS), ...inside([words('community', 'community')]), ...pdu]))],
  closed: true, summary: said, title: () => '', info: said,
});
