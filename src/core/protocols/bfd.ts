import { flag, flags, hex, uint, type Strings } from '../dissect/field.ts';
import { bytes, pick } from '../dissect/part.ts';
import { protocol } from '../dissect/protocol.ts';

const DIAGNOSTICS: Strings = {
  0: 'No Diagnostic', 1: 'Control Detection Time Expired', 2: 'Echo Function Failed', 3: 'Neighbor Signaled Session Down', 4: 'Forwarding Plane Reset', 5: 'Path Down', 6: 'Concatenated Path Down', 7: 'Administratively Down', 8: 'Reverse Concatenated Path Down',
};
const STATES: Strings = { 0: 'AdminDown', 1: 'Down', 2: 'Init', 3: 'Up' };

export const bfd = protocol('bfd', {
  label: 'Bidirectional Forwarding Detection', column: 'BFD Control', short: 'BFD', reference: 'RFC 5880 section 4.1; RFC 5881', message: true, over: { 'udp.port': [3784, 4784, 6784, 7784] },
  header: [
    uint('version', 3, 'Protocol Version'), hex('diag', 5, 'Diagnostic Code', { strings: DIAGNOSTICS }),
    flags('flags', 'Message Flags', [hex('sta', 2, 'Session State', { strings: STATES }), flag('flags.p', 'Poll', 1, { tag: 'Poll' }), flag('flags.f', 'Final', 1, { tag: 'Final' }), flag('flags.c', 'Control Plane Independent'), flag('flags.a', 'Authentication Present'), flag('flags.d', 'Demand', 1, { tag: 'Demand' }), flag('flags.m', 'Multipoint')]),
    uint('detect_time_multiplier', 8, 'Detect Time Multiplier'), uint('message_length', 8, 'Message Length', { unit: 'bytes' }), hex('my_discriminator', 32, 'My Discriminator'), hex('your_discriminator', 32, 'Your Discriminator'),
    uint('desired_min_tx_interval', 32, 'Desired Min TX Interval', { unit: 'microseconds' }), uint('required_min_rx_interval', 32, 'Required Min RX Interval', { unit: 'microseconds' }), uint('required_min_echo_interval', 32, 'Required Min Echo Interval', { unit: 'microseconds' }),
    pick('flags.a', { 1: [uint('auth.type', 8, 'Authentication Type'), uint('auth.len', 8, 'Authentication Length', { unit: 'bytes' }), uint('auth.key', 8, 'Authentication Key ID'), bytes('auth.data', 'Authentication Data')] }),
  ],
  headerLength: 'message_length', closed: true,
  summary: (l) => l.words('sta'), title: () => '',
  info: (l) => `Diag: ${l.words('diag')}, State: ${l.words('sta')}, Flags: 0x${(l.num('flags') & 0x3f).toString(16).padStart(2, '0')}`,
});
