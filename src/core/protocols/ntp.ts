import { flags, uint, type FieldSpec, type Strings } from '../dissect/field.ts';
import { u32 } from '../bytes/read.ts';
import { blob, bytes, pick } from '../dissect/part.ts';
import { protocol } from '../dissect/protocol.ts';

const MODES: Strings = { 0: 'reserved', 1: 'symmetric active', 2: 'symmetric passive', 3: 'client', 4: 'server', 5: 'broadcast', 6: 'control message', 7: 'private use' };
const LEAPS: Strings = { 0: 'no warning', 1: 'last minute of the day has 61 seconds', 2: 'last minute of the day has 59 seconds', 3: 'clock not synchronized' };
const [CONTROL, PRIVATE] = [6, 7];
const TO_UNIX = 2_208_988_800; // seconds from 1900 to 1970
const ERA = 2 ** 32;

/** Seconds since 1900, which start over in 2036, and a fraction (RFC 5905 section 6). */
const stamp = (name: string, label: string): FieldSpec => ({
  name, label, type: 'time', width: 64, display: 'none',
  instant: (b, at) => {
    const seconds = u32(b, at);
    const since = seconds === 0 ? 0 : (seconds - TO_UNIX + ERA) % ERA;
    return BigInt(since) * 1_000_000_000n + (BigInt(u32(b, at + 4)) * 1_000_000_000n >> 32n);
  },
  text: (b, at) => (u32(b, at) === 0 && u32(b, at + 4) === 0 ? 'NULL' : ''),
});

export const ntp = protocol('ntp', {
  label: 'Network Time Protocol', column: 'NTP', reference: 'RFC 5905 section 7.3', over: { 'udp.port': [123], 'tcp.port': [123] }, message: true,
  header: [
    flags('flags', 'Flags', [uint('flags.li', 2, 'Leap Indicator', { strings: LEAPS }), uint('flags.vn', 3, 'Version number'), uint('flags.mode', 3, 'Mode', { strings: MODES })]),
    pick('flags.mode', { [CONTROL]: [bytes('ctrl', 'Control message')], [PRIVATE]: [bytes('priv', 'Private mode message')] }, [
      uint('stratum', 8, 'Peer Clock Stratum'), uint('ppoll', 8, 'Peer Polling Interval'), uint('precision', 8, 'Peer Clock Precision'), uint('rootdelay', 32, 'Root Delay'), uint('rootdispersion', 32, 'Root Dispersion'),
      { ...blob('refid', 'Reference ID'), width: 32 }, stamp('reftime', 'Reference Timestamp'), stamp('org', 'Origin Timestamp'), stamp('rec', 'Receive Timestamp'), stamp('xmt', 'Transmit Timestamp'),
      bytes('rest', 'Extension fields or authenticator'),
    ]),
  ],
  summary: (l) => `version ${l.text('flags.vn')}, ${l.words('flags.mode')}`, title: (l) => ` (NTP Version ${l.text('flags.vn')}, ${l.words('flags.mode')})`,
  info: (l) => `NTP Version ${l.text('flags.vn')}, ${l.words('flags.mode')}`,
});
