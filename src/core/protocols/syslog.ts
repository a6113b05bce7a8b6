import { uint, type Strings } from '../dissect/field.ts';
import { derived, words, type Probe } from '../dissect/part.ts';
import { protocol } from '../dissect/protocol.ts';
import { over } from './text-lines.ts';

const FACILITIES = ['KERN', 'USER', 'MAIL', 'DAEMON', 'AUTH', 'SYSLOG', 'LPR', 'NEWS', 'UUCP', 'CRON', 'AUTHPRIV', 'FTP', 'NTP', 'LOGAUDIT', 'LOGALERT', 'CRON', 'LOCAL0', 'LOCAL1', 'LOCAL2', 'LOCAL3', 'LOCAL4', 'LOCAL5', 'LOCAL6', 'LOCAL7'];
const LEVELS: Strings = { 0: 'EMERG', 1: 'ALERT', 2: 'CRIT', 3: 'ERR', 4: 'WARNING', 5: 'NOTICE', 6: 'INFO', 7: 'DEBUG' };
const [LESS, MORE] = [60, 62];

/** Bytes of "<34>", the priority in its brackets; 0 where a message begins with none. */
function bracketed(b: Uint8Array, at: number, end: number): number {
  if (b[at] !== LESS) return 0;
  for (let n = 1; n <= 4 && at + n < end; n++) if (b[at + n] === MORE) return n + 1;
  return 0;
}
/** Facility times eight plus severity; -1 for none. */
const priority: Probe = (b, at, end) => {
  const size = bracketed(b, at, end);
  let value = 0;
  for (let n = 1; n < size - 1; n++) { const digit = b[at + n]! - 48; if (digit < 0 || digit > 9) return -1; value = value * 10 + digit; }
  return size > 2 ? value : -1;
};
const part = (of: (value: number) => number): Probe => (b, at, end, start, option) => { const value = priority(b, at, end, start, option); return value < 0 ? -1 : of(value); };

export const syslog = protocol('syslog', {
  label: 'Syslog message', column: 'Syslog', reference: 'RFC 5424 section 6; RFC 3164 section 4', message: true, over: { 'udp.port': [514] },
  header: [
    derived('facility', 'Facility', part((value) => value >> 3), { ...uint('facility', 8, 'Facility', { strings: Object.fromEntries(FACILITIES.entries()) }), span: 4 }), derived('level', 'Level', part((value) => value & 7), { ...uint('level', 8, 'Level', { strings: LEVELS }), span: 4 }),
    over(bracketed), words('msg', 'Message'),
  ],
  closed: true, summary: (l) => l.text('msg'), title: () => '', info: (l) => `${l.has('facility') ? `${l.words('facility')}.${l.words('level')}: ` : ''}${l.text('msg').replace(/[\r\n]+$/, '')}`,
});
