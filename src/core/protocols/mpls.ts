import { gap, uint } from '../dissect/field.ts';
import { derived, type Probe } from '../dissect/part.ts';
import type { Part } from '../dissect/part.ts';
import { protocol } from '../dissect/protocol.ts';

const ENTRY = 4; // bytes
const LABELS = { 0: 'IPv4 Explicit Null', 1: 'Router Alert', 2: 'IPv6 Explicit Null', 3: 'Implicit Null', 7: 'Entropy Label Indicator', 13: 'Generic Associated Channel', 14: 'OAM Alert' };

/** What the bottom of the stack carries is said nowhere: the first four bits tell IP apart from a pseudowire, as routers do (RFC 4385 section 3, RFC 4928). */
const nibble: Probe = (b, at, end) => (at < end ? b[at]! >> 4 : 0);

const entry = [
  uint('label', 20, 'MPLS Label', { strings: LABELS }), uint('exp', 3, 'MPLS Experimental Bits'), uint('bottom', 1, 'MPLS Bottom Of Label Stack'), uint('ttl', 8, 'MPLS TTL', { digits: 8 }),
] as const;
/** One entry, and the rest of the stack while the last one was not the bottom. */
const stack: Part = { part: 'fill', of: [{ part: 'pick', by: (b, at, _end, start) => (at > start && (b[at - 2]! & 1) === 1 ? 0 : 1), of: { 1: [...entry] }, otherwise: [] }] };

export const mpls = protocol('mpls', {
  label: 'MultiProtocol Label Switching Header', column: 'MPLS', reference: 'RFC 3032 section 2.1; RFC 5462',
  over: { ethertype: [0x8847, 0x8848], 'ip.proto': [137], 'gre.proto': [0x8847, 0x8848], 'udp.port': [6635], 'ppp.protocol': [0x0281, 0x0283], 'nsh.next_proto': [5], 'vxlan.next_proto': [5] },
  header: [...entry, stack, derived('nibble', '', nibble, { hidden: true })],
  next: { table: 'mpls.nibble', keys: ['nibble'] },
  opens: 'promised',
  summary: (l) => l.entries().filter(({ name }) => name === 'label').map(({ text }) => `label ${text}`).join(', '),
  title: (l) => `, Label: ${l.text('label')}, Exp: ${l.text('exp')}, S: ${l.text('bottom')}, TTL: ${l.text('ttl')}`,
  silentWhenCut: true,
  info: () => 'MPLS Label Switched Packet',
});

/** A frame, or a control word and then a frame: an Ethernet type in its place tells (RFC 4448 section 4.6). */
const [FRAME, WORD] = [1, 2];
const TYPES: ReadonlySet<number> = new Set([0x0800, 0x0806, 0x86dd, 0x8100, 0x88a8, 0x8847, 0x8863, 0x8864, 0x88cc, 0x8809, 0x888e, 0x9100]);
const typed = (b: Uint8Array, at: number, end: number): boolean => at + 14 <= end && TYPES.has((b[at + 12]! << 8) | b[at + 13]!);
const kind: Probe = (b, at, end) => (at < end && b[at]! >> 4 === 0 && (typed(b, at + ENTRY, end) || !typed(b, at, end)) ? WORD : FRAME);

const wire = { reference: 'RFC 4448', column: '', opens: 'promised', summary: () => '' } as const;
export const pwethheuristic = protocol('pwethheuristic', {
  ...wire, label: 'PW Ethernet Heuristic', over: { 'mpls.nibble': [0] }, header: [derived('kind', '', kind, { hidden: true })], next: { table: 'pwethheuristic', keys: ['kind'] },
});
export const pwethnocw = protocol('pwethnocw', { ...wire, label: 'PW Ethernet without control word', over: { pwethheuristic: [FRAME] }, header: [derived('none', '', () => 1, { hidden: true })], next: 'eth' });
export const pwethcw = protocol('pwethcw', {
  ...wire, label: 'PW Ethernet Control Word', prefix: 'pweth', over: { pwethheuristic: [WORD] }, header: [gap(16), uint('cw.sequence_number', 16, 'PW sequence number')], next: 'eth',
});
