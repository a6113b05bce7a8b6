import { flag, hex, ipv4, uint, type FieldSpec, type Strings } from '../dissect/field.ts';
import { blob, derived, pick, repeat, type Part, type Probe } from '../dissect/part.ts';
import { protocol } from '../dissect/protocol.ts';

const TYPES: Strings = {
  0x11: 'Membership Query', 0x12: 'Membership Report', 0x13: 'DVMRP', 0x14: 'PIM', 0x15: 'Cisco Trace', 0x16: 'Membership Report', 0x17: 'Leave Group', 0x1e: 'Multicast Traceroute Response', 0x1f: 'Multicast Traceroute', 0x22: 'Membership Report',
  0x30: 'Multicast Router Advertisement', 0x31: 'Multicast Router Solicitation', 0x32: 'Multicast Router Termination',
};
const RECORDS: Strings = { 1: 'Mode Is Include', 2: 'Mode Is Exclude', 3: 'Change To Include Mode', 4: 'Change To Exclude Mode', 5: 'Allow New Sources', 6: 'Block Old Sources' };
const [QUERY, V1_REPORT, V3_REPORT] = [0x11, 0x12, 0x22];
const V3_QUERY = 12; // bytes, at least (RFC 3376 section 7.1)

/** Version by type and length: a query without a response time is version 1's, a longer one version 3's. */
const version: Probe = (b, _at, end, start) => {
  switch (b[start]) {
    case QUERY: return end - start >= V3_QUERY ? 3 : b[start + 1] === 0 ? 1 : 2;
    case V1_REPORT: return 1;
    case V3_REPORT: return 3;
    default: return 2;
  }
};
const isQuery3: Probe = (b, at, end, start, option) => Number(b[start] === QUERY && version(b, at, end, start, option) === 3);
const reserved = (width: number): FieldSpec => ({ ...blob('reserved', 'Reserved'), width });
const group = ipv4('maddr', 'Multicast Address');
const response = uint('max_resp', 8, 'Max Resp Time', { unit: 'tenths of a second' });
const sum = hex('checksum', 16, 'Checksum');
const plain: Part[] = [response, sum, group];
const record = [
  uint('record_type', 8, 'Record Type', { strings: RECORDS }), uint('aux_data_len', 8, 'Aux Data Len', { unit: 'words' }), uint('num_src', 16, 'Num Src'), group,
  repeat('num_src', [ipv4('saddr', 'Source Address')]), repeat('aux_data_len', [{ ...blob('data', 'Aux Data'), width: 32 }]),
];

export const igmp = protocol('igmp', {
  message: true, label: 'Internet Group Management Protocol', column: 'IGMP', reference: 'RFC 1112 appendix I; RFC 2236; RFC 3376 section 4', over: { 'ip.proto': [2] },
  through: { name: 'igmp', when: ['version'], last: true },
  header: [
    derived('version', 'IGMP Version', version), hex('type', 8, 'Type', { strings: TYPES }),
    pick('type', {
      [QUERY]: [...plain, pick(isQuery3, { 1: [
        uint('res', 4, 'Reserved', { hidden: true }), flag('s', 'S'), uint('qrv', 3, 'QRV'), uint('qqic', 8, 'QQIC'), uint('num_src', 16, 'Num Src'), repeat('num_src', [ipv4('saddr', 'Source Address')]),
      ] })],
      [V1_REPORT]: [reserved(8), sum, group],
      [V3_REPORT]: [reserved(8), sum, reserved(16), uint('num_grp_recs', 16, 'Num Group Records'), repeat('num_grp_recs', record)],
    }, plain),
  ],
  closed: true,
  summary: (l) => `${l.words('type') || `type ${l.text('type')}`}${l.has('maddr') ? ` ${l.text('maddr')}` : ''}`,
  columnOf: (l) => (l.has('version') ? `IGMPv${l.text('version')}` : 'IGMP'),
  info: (l) => `${l.words('type') || `Unknown Type:${l.text('type')}`}${l.has('maddr') && !l.has('num_grp_recs') ? ` ${l.text('maddr')}` : ''}`,
  checksum: { field: 'checksum', over: 'message' },
});
