import { flag, flags, gap, hex, uint } from '../dissect/field.ts';
import type { Layer } from '../dissect/layer.ts';
import { derived, pick, type Part, type Probe } from '../dissect/part.ts';
import { protocol } from '../dissect/protocol.ts';
import { typeWords } from './words.ts';
import { ETHERTYPES } from './numbers/ethertypes.ts';

const PPP = 0x880b;
const ENDS_ROUTING = 4; // bytes of the source route entry that ends the list (RFC 1701)

/** One flag of the first byte. */
const has = (bit: number): Probe => (b, _at, _end, start) => Number((b[start]! & bit) !== 0);
const when = (bit: number, parts: readonly Part[]): Part => pick(has(bit), { 1: parts });
/** Version 1 carries PPP, and its key is a length and a call (RFC 2637 section 4.1). */
const key = pick('proto', { [PPP]: [uint('key.payload_length', 16, 'Payload Length', { unit: 'bytes' }), uint('key.call_id', 16, 'Call ID')] }, [hex('key', 32, 'Key')]);
const acknowledged: Probe = (b, _at, _end, start) => Number((b[start + 1]! & 0x87) === 0x81);
const version1: Probe = (b, _at, _end, start) => Number((b[start + 1]! & 7) === 1);

/** Source route entries up to one without a length. */
const routing: Probe = (b, at, end) => {
  for (let entry = at; entry + ENDS_ROUTING <= end; entry += ENDS_ROUTING + b[entry + 3]!) {
    if (b[entry] === 0 && b[entry + 1] === 0 && b[entry + 3] === 0) return entry + ENDS_ROUTING - at;
  }
  return -1;
};

/** An ERSPAN of the first type has no header of its own, and no sequence number tells the second from it. */
const ERSPAN_II = 0x88be;
const carried: Probe = (b, _at, _end, start) => {
  const proto = (b[start + 2]! << 8) | b[start + 3]!;
  return proto === ERSPAN_II && (b[start]! & 0x10) === 0 ? 1 : proto;
};

const said = (l: Layer): string => `Encapsulated ${l.words('proto') || l.text('proto')}`;
const first = [
  flag('flags.checksum', 'Checksum Bit'), flag('flags.routing', 'Routing Bit'), flag('flags.key', 'Key Bit'), flag('flags.sequence_number', 'Sequence Number Bit'),
  flag('flags.strict_source_route', 'Strict Source Route Bit'), uint('flags.recursion_control', 3, 'Recursion control'),
] as const;

export const gre = protocol('gre', {
  label: 'Generic Routing Encapsulation', column: 'GRE', reference: 'RFC 2784; RFC 2890; RFC 1701; RFC 2637 section 4.1; RFC 7637', over: { 'ip.proto': [47], 'udp.port': [4754] },
  header: [
    pick(version1, {
      1: [flags('flags_and_version', 'Flags and Version', [...first, flag('flags.ack', 'Acknowledgment'), uint('flags.reserved', 4, 'Flags (Reserved)'), uint('flags.version', 3, 'Version')])],
    }, [flags('flags_and_version', 'Flags and Version', [...first, uint('flags.reserved', 5, 'Flags (Reserved)'), uint('flags.version', 3, 'Version')])]),
    hex('proto', 16, 'Protocol Type', { strings: ETHERTYPES }),
    when(0xc0, [hex('checksum', 16, 'Checksum'), uint('offset', 16, 'Offset')]),
    when(0x20, [key]), when(0x10, [uint('sequence_number', 32, 'Sequence Number')]), pick(acknowledged, { 1: [uint('ack_number', 32, 'Acknowledgment Number')] }),
    when(0x40, [{ part: 'measured', field: { ...gap(0), type: 'bytes' }, measure: routing }]),
    derived('carried', '', carried, { hidden: true }),
  ],
  next: { table: 'gre.proto', keys: ['carried'] },
  carries: (l) => typeWords(l, 'proto', 'Ethernet type'),
  opens: 'promised',
  summary: (l) => (l.has('key') ? `key ${l.text('key')}` : l.has('key.call_id') ? `call ${l.text('key.call_id')}` : l.words('proto')),
  title: (l) => ` (${l.words('proto') || l.text('proto')})`,
  silentWhenCut: true,
  info: said,
  checksum: { field: 'checksum', over: 'message' },
});

/** The mirroring encapsulations of Cisco's switches: a whole frame behind none, 8 or 12 bytes. */
const spec = { label: 'Encapsulated Remote Switch Packet ANalysis', column: 'ERSPAN', reference: 'draft-foschiano-erspan-03 section 4', silentWhenCut: true, opens: 'promised' } as const;
export const erspan1 = protocol('erspan1', { ...spec, label: `${spec.label} Type I`, short: 'ERSPAN I', path: 'erspan', prefix: 'erspan', over: { 'gre.proto': [1] }, header: [derived('type1', '', () => 1, { hidden: true })], next: 'eth' });

const none = derived('ft', '', () => -1, { hidden: true }); // only the third type says what kind of frame it carries
const common = [uint('version', 4, 'Version', { strings: { 1: 'Type II', 2: 'Type III' } }), uint('vlan', 12, 'Vlan'), uint('cos', 3, 'COS')] as const;
export const erspan = protocol('erspan', {
  ...spec, over: { 'gre.proto': [ERSPAN_II, 0x22eb] },
  header: [
    pick((b, _at, _end, start) => b[start]! >> 4, {
      1: [...common, uint('encap', 2, 'Encap'), uint('truncated', 1, 'Truncated'), uint('spanid', 10, 'SpanID'), uint('reserved', 12, 'Reserved'), uint('index', 20, 'Index'), none],
      2: [
        ...common, uint('bso', 2, 'Bad/Short/Oversized'), uint('truncated', 1, 'Truncated'), uint('spanid', 10, 'SpanID'), uint('timestamp', 32, 'Timestamp'), uint('sgt', 16, 'Security Group Tag'),
        uint('p', 1, 'Has Ethernet PDU'), uint('ft', 5, 'Frame Type', { strings: { 0: 'Ethernet', 2: 'IP' } }), uint('hw', 6, 'Hardware ID'), flag('direction', 'Direction'), uint('gra', 2, 'Timestamp granularity'),
        uint('o', 1, 'Optional Sub headers'), pick('o', { 1: [gap(64)] }), derived('ft', '', (b, _at, _end, start) => (b[start + 10]! >> 2) & 31, { hidden: true }),
      ],
    }, [...common, gap(13), gap(32), none]),
  ],
  next: { table: 'erspan.ft', keys: ['ft'], absent: 'eth' },
  summary: (l) => `session ${l.text('spanid')}`, title: (l) => ` ${l.words('version')}`,
});
