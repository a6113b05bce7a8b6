import { flag, hex, ipv6 as address, twice, uint, type FieldSpec, type Strings } from '../dissect/field.ts';
import type { Layer } from '../dissect/layer.ts';
import { blob, bytes, fill, pick } from '../dissect/part.ts';
import { protocol } from '../dissect/protocol.ts';
import { ipv6Fragments } from './memory/fragments.ts';
import { typeWords } from './words.ts';
import { ipv6Options } from './ipv6-options.ts';
import { IP_PROTOCOLS } from './numbers/ip-protocols.ts';

const nxt = (name: string) => uint(name, 8, 'Next Header', { strings: IP_PROTOCOLS });
/** The wire counts units of 8 bytes and leaves out the first. */
const length = (name: string) => twice(uint(`${name}.len`, 8, 'Length'), uint(`${name}.len_oct`, 8, 'Length in bytes', { scale: 8, plus: 8, unit: 'bytes' }));
const next = (name: string) => ({ table: 'ip.proto', keys: [name] });
const follows = (name: string) => (l: Layer): string => `next ${l.words(name) || l.text(name)}`;
/** What stands behind in a packet of its own IPv6 header: Wireshark's column for a packet that ends in one of these. */
const info = (name: string) => (l: Layer): string => (l.inner ? '' : l.words(name) ? `${l.words(name)} (${l.text(name)})` : '');

/** Hop-by-hop and destination options share a shape and their options' names. */
const options = (name: string, label: string, short: string, proto: number) => protocol(`ipv6.${name}`, {
  label, short, column: '', prefix: 'ipv6', reference: 'RFC 8200 sections 4.3, 4.6', over: { 'ip.proto': [proto] },
  together: [[0, 2]],
  header: [nxt(`${name}.nxt`), length(name), ipv6Options],
  carries: (l) => typeWords(l, `${name}.nxt`, 'protocol'),
  headerLength: `${name}.len_oct`, next: next(`${name}.nxt`), summary: follows(`${name}.nxt`), info: info(`${name}.nxt`),
});

export const hopopts = options('hopopts', 'IPv6 Hop-by-Hop Option', 'Hop-by-hop options', 0);
export const dstopts = options('dstopts', 'Destination Options for IPv6', 'Destination options', 60);

const ROUTING_TYPES: Strings = { 0: 'Source Route', 1: 'Nimrod', 2: 'Type 2', 3: 'RPL Source Route', 4: 'Segment Routing', 5: 'Compact Routing (16-bit)', 6: 'Compact Routing (32-bit)', 253: 'Experiment 1', 254: 'Experiment 2' };
const fixed = (name: string, label: string, width: number): FieldSpec => ({ ...blob(name, label), width });

export const routing = protocol('ipv6.routing', {
  label: 'Routing Header for IPv6', short: 'Routing', column: '', reference: 'RFC 8200 section 4.4; RFC 5095; RFC 6275 section 6.4; RFC 8754 section 2', over: { 'ip.proto': [43] },
  header: [
    nxt('nxt'), twice(uint('len', 8, 'Length'), uint('len_oct', 8, 'Length in bytes', { scale: 8, plus: 8, unit: 'bytes' })), uint('type', 8, 'Type', { strings: ROUTING_TYPES }), uint('segleft', 8, 'Segments Left'),
    pick('type', {
      0: [fixed('src.reserved', 'Reserved', 32), fill([address('src.addr', 'Address')])],
      2: [fixed('mipv6.reserved', 'Reserved', 32), address('mipv6.home_address', 'Home Address')],
      4: [uint('srh.last_entry', 8, 'Last Entry'), hex('srh.flags', 8, 'Flags'), fixed('srh.tag', 'Tag', 16), fill([address('srh.addr', 'Address')])],
    }, [bytes('unknown_data', 'Type-Specific Data')]),
  ],
  carries: (l) => typeWords(l, 'nxt', 'protocol'),
  headerLength: 'len_oct', next: next('nxt'), info: info('nxt'),
  summary: (l) => `${l.words('type') || `type ${l.text('type')}`}, ${l.text('segleft')} left`,
});

export const fraghdr = protocol('ipv6.fraghdr', {
  label: 'Fragment Header for IPv6', short: 'Fragment', column: '', reference: 'RFC 8200 section 4.5', over: { 'ip.proto': [44] },
  together: [[0, 8]],
  header: [
    nxt('nxt'), hex('reserved_octet', 8, 'Reserved'),
    uint('offset', 13, 'Offset', { unit: 'units of 8 bytes' }), uint('reserved_bits', 2, 'Reserved bits'), flag('more', 'More fragments'), hex('ident', 32, 'Identification'),
  ],
  carries: (l) => (l.num('offset') > 0 ? `A later fragment of ${typeWords(l, 'nxt', 'protocol')}` : typeWords(l, 'nxt', 'protocol')),
  gathers: ipv6Fragments,
  next: { ...next('nxt'), unless: 'offset' },
  summary: (l) => `offset ${l.num('offset') * 8}${l.num('more') === 1 ? ', more follow' : ''}`,
  silentWhenCut: true,
  info: (l) => `IPv6 fragment (off=${l.num('offset') * 8} more=${l.num('more') === 1 ? 'y' : 'n'} ident=${l.text('ident')} nxt=${l.text('nxt')})`,
});

/** Authentication Header: its length counts words and leaves out two (RFC 4302 section 2.2). */
export const ah = protocol('ah', {
  label: 'Authentication Header', short: 'AH', column: 'AH', reference: 'RFC 4302 section 2', over: { 'ip.proto': [51] },
  header: [
    uint('next_header', 8, 'Next header', { strings: IP_PROTOCOLS }), twice(uint('length', 8, 'Length'), uint('bytes', 8, '', { scale: 4, plus: 8, hidden: true })),
    fixed('reserved', 'Reserved', 16), hex('spi', 32, 'AH SPI'), uint('sequence', 32, 'AH Sequence'), bytes('icv', 'AH ICV'),
  ],
  carries: (l) => typeWords(l, 'next_header', 'protocol'),
  headerLength: 'bytes', next: { table: 'ip.proto', keys: ['next_header'] },
  summary: (l) => `SPI ${l.text('spi')}`,
  silentWhenCut: true,
  info: (l) => `AH (SPI=${l.text('spi')})`,
});
