import { ether, flag, flags, gap, hex, uint, type FieldSpec, type Strings } from '../dissect/field.ts';
import { fill, pick, within, words, type Part } from '../dissect/part.ts';
import { protocol } from '../dissect/protocol.ts';

const TYPES: Strings = { 0x00: 'Configuration', 0x02: 'Rapid/Multiple Spanning Tree', 0x80: 'Topology Change Notification' };
const VERSIONS: Strings = { 0: 'Spanning Tree', 2: 'Rapid Spanning Tree', 3: 'Multiple Spanning Tree', 4: 'Shortest Path Tree' };
const ROLES: Strings = { 0: 'Unknown', 1: 'Alternate or Backup', 2: 'Root', 3: 'Designated' };
const [TOPOLOGY_CHANGE, RAPID] = [0x80, 0x02];

const acknowledged = flag('flags.tcack', 'Topology Change Acknowledgment');
const change = flag('flags.tc', 'Topology Change');
const rapid = [
  acknowledged, flag('flags.agreement', 'Agreement'), flag('flags.forwarding', 'Forwarding'), flag('flags.learning', 'Learning'), uint('flags.port_role', 2, 'Port Role', { strings: ROLES }),
  flag('flags.proposal', 'Proposal'), change,
] as const;
const plain = [acknowledged, gap(6), change] as const;
/** A priority in steps of 4096, the number of the tree, and a MAC address (IEEE 802.1D section 9.2.5). */
const identifier = (name: string, label: string): FieldSpec[] => [
  uint(`${name}.prio`, 4, `${label} Priority`, { scale: 4096 }), uint(`${name}.ext`, 12, `${label} System ID Extension`), ether(`${name}.hw`, `${label} System ID`),
];
const seconds = (name: string, label: string): FieldSpec => uint(name, 16, label, { over: 256, unit: 'seconds' });
const body = (bits: readonly FieldSpec[]): Part[] => [
  flags('flags', 'BPDU flags', bits), ...identifier('root', 'Root Bridge'), uint('root.cost', 32, 'Root Path Cost'), ...identifier('bridge', 'Bridge'), hex('port', 16, 'Port identifier'),
  seconds('msg_age', 'Message Age'), seconds('max_age', 'Max Age'), seconds('hello', 'Hello Time'), seconds('forward', 'Forward Delay'),
];

/** One message of a multiple spanning tree's instance (IEEE 802.1Q section 14.4.1). */
const instance: Part[] = [
  flags('msti.flags', 'MSTI flags', rapid, { full: 'mstp.msti.flags' }), ...identifier('msti.root', 'Regional Root').map((f) => ({ ...f, full: `mstp.${f.name}` })), uint('msti.root_cost', 32, 'Internal root path cost', { full: 'mstp.msti.root_cost' }),
  uint('msti.bridge_priority', 4, 'Bridge Identifier Priority', { full: 'mstp.msti.bridge_priority' }), gap(4), uint('msti.port_priority', 4, 'Port identifier priority', { full: 'mstp.msti.port_priority' }), gap(4),
  uint('msti.remaining_hops', 8, 'Remaining hops', { full: 'mstp.msti.remaining_hops' }),
];
const NAME = 32; // bytes
const TREE_REST = 64; // bytes of the version 3 part before the instances
const multiple: Part[] = [
  uint('version_3_length', 16, 'Version 3 Length'), hex('config_format_selector', 8, 'MST Config ID format selector', { full: 'mstp.config_format_selector' }),
  { part: 'measured', field: { ...words('config_name', 'MST Config name').field, full: 'mstp.config_name' }, measure: (_b, at, end) => (at + NAME <= end ? NAME : -1) },
  uint('config_revision_level', 16, 'MST Config revision', { full: 'mstp.config_revision_level' }), { ...hex('config_digest', 128, 'MST Config digest', { full: 'mstp.config_digest' }), type: 'bytes', display: 'none' },
  uint('cist_internal_root_path_cost', 32, 'CIST Internal Root Path Cost', { full: 'mstp.cist_internal_root_path_cost' }),
  ...identifier('cist_bridge', 'CIST Bridge').map((f) => ({ ...f, full: `mstp.${f.name}` })), uint('cist_remaining_hops', 8, 'CIST Remaining hops', { full: 'mstp.cist_remaining_hops' }),
  { part: 'derived', field: uint('instances', 0, '', { hidden: true }), value: (b, at) => Math.max(0, ((b[at - TREE_REST - 2]! << 8) | b[at - TREE_REST - 1]!) - TREE_REST), span: 0 },
  within('instances', [fill(instance)]),
];

export const stp = protocol('stp', {
  message: true, label: 'Spanning Tree Protocol', column: 'STP', reference: 'IEEE 802.1D section 9.3; IEEE 802.1Q section 14', over: { 'llc.dsap': [0x42] },
  header: [
    hex('protocol', 16, 'Protocol Identifier'), uint('version', 8, 'Protocol Version Identifier', { strings: VERSIONS }), hex('type', 8, 'BPDU Type', { strings: TYPES }),
    pick('type', {
      [TOPOLOGY_CHANGE]: [],
      [RAPID]: [...body(rapid), pick('version', { 2: [uint('version_1_length', 8, 'Version 1 Length')], 3: [uint('version_1_length', 8, 'Version 1 Length'), ...multiple], 4: [uint('version_1_length', 8, 'Version 1 Length'), ...multiple] })],
    }, body(plain)),
  ],
  together: [[0, 35]],
  closed: true,
  summary: (l) => (l.has('root.hw') ? `root ${l.text('root.hw')}, cost ${l.text('root.cost')}` : l.words('type')),
  title: () => '',
  silentWhenCut: true,
  info: (l) => (l.num('type') === TOPOLOGY_CHANGE ? 'Topology Change Notification' : `${l.num('type') === RAPID ? (l.num('version') >= 3 ? 'MST' : 'RST') : 'Conf'}. Root = ${l.text('root.prio')}/${l.text('root.ext')}/${l.text('root.hw')}  Cost = ${l.text('root.cost')}  Port = ${l.text('port')}`),
});
