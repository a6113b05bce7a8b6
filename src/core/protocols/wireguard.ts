import { gap, uint, type FieldSpec, type Strings } from '../dissect/field.ts';
import { u32le } from '../bytes/read.ts';
import { blob, bytes, derived, pick, type Part, type Probe } from '../dissect/part.ts';
import type { Layer } from '../dissect/layer.ts';
import { protocol } from '../dissect/protocol.ts';
import { WIREGUARD } from './guesses.ts';

const TYPES: Strings = { 1: 'Handshake Initiation', 2: 'Handshake Response', 3: 'Cookie Reply', 4: 'Transport Data' };
const [INITIATION, RESPONSE, COOKIE, DATA] = [1, 2, 3, 4];
const KEEPALIVE = 16; // bytes: a tag over nothing

const sized = (name: string, label: string, size: number): FieldSpec => ({ ...blob(name, label), width: size * 8 });
/** Four bytes, the lowest first; the second half of a counter has to be zero for it to be told. */
const little: Probe = (b, at, end) => (at + 4 <= end ? u32le(b, at) : -1);
const counter: Probe = (b, at, end) => (at + 8 <= end && u32le(b, at + 4) === 0 ? u32le(b, at) : -1);
const index = (name: string, label: string): Part[] => [derived(name, label, little, { display: 'hex', width: 32, span: 4 }), gap(32)];
const base64 = (name: string, label: string): FieldSpec => ({ ...sized(name, label, 32), type: 'text', text: (b, at, end) => btoa(String.fromCharCode(...b.subarray(at, end))) });
const macs: Part[] = [sized('mac1', 'mac1', 16), sized('mac2', 'mac2', 16)];

const said = (l: Layer): string => {
  const one = (name: string): string => (l.has(name) ? `, ${name}=0x${(l.num(name) >>> 0).toString(16).padStart(8, '0').toUpperCase()}` : '');
  const data = l.num('type') === DATA;
  const size = l.has('encrypted_packet') ? l.text('encrypted_packet').length / 2 : 0;
  const keepalive = data && size === KEEPALIVE;
  return `${keepalive ? 'Keepalive' : l.words('type')}${one('sender')}${one('receiver')}${data && l.has('counter') ? `, counter=${l.text('counter')}` : ''}${data && !keepalive ? `, datalen=${size - KEEPALIVE}` : ''}`;
};

export const wireguard = protocol('wg', {
  label: 'WireGuard Protocol', column: 'WireGuard', reference: 'wireguard.com/protocol', message: true, over: { 'udp.port': [51820] }, guesses: { 'udp.port': WIREGUARD }, keeps: true,
  accepts: (b, at, end) => Number(at + 4 <= end && TYPES[b[at]!] !== undefined && b[at + 1] === 0 && b[at + 2] === 0 && b[at + 3] === 0),
  header: [
    uint('type', 8, 'Type', { strings: TYPES }), sized('reserved', 'Reserved', 3),
    pick('type', {
      [INITIATION]: [...index('sender', 'Sender'), base64('ephemeral', 'Ephemeral'), sized('encrypted_static', 'Encrypted Static', 48), sized('encrypted_timestamp', 'Encrypted Timestamp', 28), ...macs],
      [RESPONSE]: [...index('sender', 'Sender'), ...index('receiver', 'Receiver'), base64('ephemeral', 'Ephemeral'), sized('encrypted_empty', 'Encrypted Empty', 16), ...macs],
      [COOKIE]: [...index('receiver', 'Receiver'), sized('nonce', 'Nonce', 24), sized('encrypted_cookie', 'Encrypted Cookie', 32)],
      [DATA]: [...index('receiver', 'Receiver'), derived('counter', 'Counter', counter, { width: 64, span: 8 }), gap(64), bytes('encrypted_packet', 'Encrypted Packet')],
    }),
  ],
  closed: true, summary: (l) => l.words('type'), title: () => '', info: said,
});
