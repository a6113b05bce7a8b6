import { ipv4, uint, type Strings } from '../dissect/field.ts';
import { blob, utf8Text } from '../dissect/part.ts';
import { protocol } from '../dissect/protocol.ts';

const OPERATIONS: Strings = { 0: 'Hello', 1: 'Coup', 2: 'Resign', 3: 'Advertise' };
const STATES: Strings = { 0: 'Initial', 1: 'Learn', 2: 'Listen', 4: 'Speak', 8: 'Standby', 16: 'Active' };

export const hsrp = protocol('hsrp', {
  label: 'Cisco Hot Standby Router Protocol', column: 'HSRP', reference: 'RFC 2281 section 5.1', message: true, over: { 'udp.port': [1985] },
  accepts: (b, at, end) => Number(at + 3 <= end && b[at] === 0 && OPERATIONS[b[at + 1]!] !== undefined), // the second version is another format
  header: [
    uint('version', 8, 'Version'), uint('opcode', 8, 'Op Code', { strings: OPERATIONS }), uint('state', 8, 'State', { strings: STATES }), uint('hellotime', 8, 'Hellotime', { unit: 'seconds' }), uint('holdtime', 8, 'Holdtime', { unit: 'seconds' }), uint('priority', 8, 'Priority'), uint('group', 8, 'Group'),
    uint('reserved', 8, 'Reserved'), { ...blob('auth_data', 'Authentication Data'), width: 64, type: 'text', text: utf8Text }, ipv4('virt_ip', 'Virtual IP Address'),
  ],
  closed: true, summary: (l) => l.text('virt_ip'), title: () => '', info: (l) => `${l.words('opcode')} (state ${l.words('state') || 'Unknown'})`,
});
