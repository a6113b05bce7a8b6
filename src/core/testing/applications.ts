// One or two packets of each protocol that a mirrored network carries beside its tunnels, their bytes from the documents that define them.

import { concat, fromHex, utf8 } from './bytes.ts';
import { pcapFile } from './pcap-file.ts';

type Place = 'udp' | 'tcp' | 'ip' | 'ethertype' | 'snap';
/** What carries it: ports, an IP protocol, an Ethernet type, or a SNAP protocol of Cisco's. */
export interface Sample { readonly name: string; readonly over: Place; readonly at: readonly number[]; readonly payload: Uint8Array }

const u16 = (n: number): number[] => [n >> 8, n & 255];
const u32 = (n: number): number[] => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255];
const sample = (name: string, over: Place, at: readonly number[], ...parts: readonly (string | Uint8Array)[]): Sample => ({ name, over, at, payload: concat(parts.map((part) => (typeof part === 'string' ? fromHex(part) : part))) });
const lines = (...all: readonly string[]): Uint8Array => utf8(all.map((line) => `${line}\r\n`).join(''));
const filled = (bytes: number, first = 1): Uint8Array => Uint8Array.from({ length: bytes }, (_, i) => (first + i) & 255);

const CLIENT = 49152;

export const SAMPLES: readonly Sample[] = [
  // RFC 5880 section 4.1
  sample('bfd up', 'udp', [CLIENT, 3784], '20 c8 03 18 00000001 00000002 000f4240 000f4240 0000c350'),
  sample('bfd down', 'udp', [CLIENT, 4784], '21 60 05 18 00000007 00000000 000f4240 000f4240 00000000'),
  // RFC 3768 section 5.1, RFC 9568 section 5.1
  sample('vrrp 2', 'ip', [112], '21 0a 64 01 00 01 d37e c0a80001 0000000000000000'),
  sample('vrrp 3', 'ip', [112], '31 0a 64 02 0064 aaaa c0a80001 c0a80002'),
  // RFC 2281 section 5
  sample('hsrp', 'udp', [1985, 1985], '00 00 10 03 0a 78 01 00 6369 7363 6f00 0000 c0a80001'),
  // RFC 3828 section 3.1
  sample('udplite', 'ip', [136], 'c000 04d2 0008 0000 01020304'),
  // wireguard.com/protocol
  sample('wg initiation', 'udp', [CLIENT, 51820], '01000000 44332211', filled(140)),
  sample('wg response', 'udp', [51820, CLIENT], '02000000 88776655 44332211', filled(80)),
  sample('wg cookie', 'udp', [51820, CLIENT], '03000000 44332211', filled(56)),
  sample('wg data', 'udp', [CLIENT, 51820], '04000000 88776655 0500000000000000', filled(48)),
  sample('wg keepalive', 'udp', [CLIENT, 51820], '04000000 88776655 0600000000000000', filled(16)),
  // RFC 2328 appendix A.3
  sample('ospf hello', 'ip', [89], '02 01 0030 01010101 00000000 e5a9 0000 0000000000000000 ffffff00 000a 02 01 00000028 c0a80001 c0a80002 02020202'),
  sample('ospf db description', 'ip', [89], '02 02 0020 01010101 00000001 7fd4 0000 0000000000000000 05dc 52 07 00001234'),
  sample('ospf acknowledgement', 'ip', [89], '02 05 002c 01010101 00000001 0000 0001 7061737377000000 0001 02 01 01010101 01010101 80000001 1234 0024'),
  // RFC 4271 section 4
  sample('bgp open', 'tcp', [CLIENT, 179], 'ffffffffffffffffffffffffffffffff 001d 01 04 fde8 00b4 01010101 00'),
  sample('bgp keepalives', 'tcp', [CLIENT, 179], 'ffffffffffffffffffffffffffffffff 0013 04 ffffffffffffffffffffffffffffffff 0013 04'),
  sample('bgp update', 'tcp', [CLIENT, 179], 'ffffffffffffffffffffffffffffffff 002c 02 0000 0012 40 01 01 00 40 02 04 0201fde8 40 03 04 0a000001 10 0a01'),
  sample('bgp notification', 'tcp', [179, CLIENT], 'ffffffffffffffffffffffffffffffff 0015 03 06 02'),
  // RFC 2865 section 3
  sample('radius request', 'udp', [CLIENT, 1812], '01 67 002d', filled(16), '01 07 616c696365 04 06 c0a80110 05 06 00000003 06 06 00000002'),
  sample('radius accept', 'udp', [1812, CLIENT], '02 67 0020', filled(16), '08 06 0a000005 1b 06 00000e10'),
  // RFC 1350 section 5, RFC 2347
  sample('tftp read', 'udp', [CLIENT, 69], '0001', utf8('boot.cfg\0octet\0blksize\u00001024\0')),
  sample('tftp error', 'udp', [CLIENT, 69], '0005 0001', utf8('File not found\0')),
  sample('tftp data', 'udp', [CLIENT, 69], '0003 0001', filled(20)),
  sample('tftp ack', 'udp', [CLIENT, 69], '0004 0001'),
  // RFC 959, RFC 5321
  sample('ftp greeting', 'tcp', [21, CLIENT], lines('220 ftp.example ready')),
  sample('ftp user', 'tcp', [CLIENT, 21], lines('USER anonymous')),
  sample('ftp many', 'tcp', [21, CLIENT], lines('230-Welcome', '230 Logged in')),
  sample('smtp greeting', 'tcp', [25, CLIENT], lines('220 mail.example ESMTP')),
  sample('smtp hello', 'tcp', [CLIENT, 25], lines('EHLO client.example')),
  sample('smtp many', 'tcp', [25, CLIENT], lines('250-mail.example', '250-SIZE 1000', '250 8BITMIME')),
  // RFC 3164, RFC 5424
  sample('syslog', 'udp', [CLIENT, 514], utf8("<34>Oct 11 22:14:15 host su: 'su root' failed")),
  sample('syslog 5424', 'udp', [CLIENT, 514], utf8('<165>1 2003-10-11T22:14:15.003Z host app 99 ID47 - hello')),
  // RFC 4253 section 4.2
  sample('ssh client', 'tcp', [CLIENT, 22], lines('SSH-2.0-OpenSSH_9.6')),
  sample('ssh server', 'tcp', [22, CLIENT], lines('SSH-2.0-OpenSSH_9.2p1 Debian-2')),
  // RFC 3261 section 7
  sample('sip invite', 'udp', [5060, 5060], lines('INVITE sip:bob@biloxi.example SIP/2.0', 'Via: SIP/2.0/UDP pc33.example;branch=z9hG4bK776', 'Max-Forwards: 70', 'To: Bob <sip:bob@biloxi.example>', 'From: Alice <sip:alice@atlanta.example>;tag=1928301774', 'Call-ID: a84b4c76e66710', 'CSeq: 314159 INVITE', 'Contact: <sip:alice@pc33.example>', 'Content-Length: 0', '')),
  sample('sip ok', 'udp', [5060, 5060], lines('SIP/2.0 200 OK', 'Via: SIP/2.0/UDP pc33.example;branch=z9hG4bK776', 'To: Bob <sip:bob@biloxi.example>;tag=a6c85cf', 'From: Alice <sip:alice@atlanta.example>;tag=1928301774', 'Call-ID: a84b4c76e66710', 'CSeq: 314159 INVITE', 'Content-Length: 0', '')),
  // RFC 1157 section 4, RFC 3416
  sample('snmp get', 'udp', [CLIENT, 161], '3026 0201 00 0406 7075626c6963 a019 0201 01 0201 00 0201 00 300e 300c 0608 2b06010201010100 0500'),
  sample('snmp response', 'udp', [161, CLIENT], '302b 0201 01 0406 7075626c6963 a21e 0201 07 0201 00 0201 00 3013 3011 0608 2b06010201010500 0405 726f757465'),
  // RFC 9000 section 17.2: an Initial, a Retry, and a version negotiation
  sample('quic initial', 'udp', [CLIENT, 443], 'c3 00000001 08 8394c8f03e515708 05 0102030405 00 4096', filled(150)),
  sample('quic retry', 'udp', [443, CLIENT], 'ff 00000001 00 08 f067a5502a4262b5 746f6b656e', filled(16)),
  sample('quic versions', 'udp', [443, CLIENT], '80 00000000 05 0102030405 08 8394c8f03e515708 00000001 6b3343cf'),
  // RFC 6347 section 4.1 and 4.2.2
  sample('dtls hello', 'udp', [CLIENT, 5684], '16 feff 0000 000000000000 0036 01 00002a 0000 000000 00002a fefd', filled(32), '00 00 0002 c02b 01 00'),
  sample('dtls hello verify', 'udp', [5684, CLIENT], '16 feff 0000 000000000000 0013 03 000007 0000 000000 000007 feff 04 01020304'),
  sample('dtls data', 'udp', [CLIENT, 5684], '17 fefd 0001 000000000005 0010', filled(16)),
  // IEEE 802.1AX section 6.4.2.3
  sample('lacp', 'ethertype', [0x8809], '01 01 01 14 8000 001122334455 0001 00ff 0002 3d 000000 02 14 8000 66778899aabb 0001 00ff 0003 3c 000000 03 10 8000 000000000000000000000000 00 00', new Uint8Array(50)),
  // Cisco's own, as its neighbours read it
  sample('cdp', 'snap', [0x2000], '02 b4 0000 0001 0006 7231 0003 0008 45746830 0004 0008 00000029 0005 0009 494f532031 0006 0009 4379636c65'),
];

/** The frames of the samples as a pcap, each with as much around it as its place asks for. */
export const samplesFile = (): Uint8Array<ArrayBuffer> => pcapFile({ packets: SAMPLES.map((each, i) => ({ bytes: frameOf(each, i), seconds: 1_700_000_000 + i })) });

/** `n` makes the ports and addresses of a client its own, so that no packet has to do with another. */
export function frameOf({ name, over, at, payload }: Sample, n = 0): Uint8Array {
  const addresses = fromHex('02 00 00 00 00 02 02 00 00 00 00 01');
  if (over === 'ethertype') return concat([addresses, Uint8Array.from(u16(at[0]!)), payload]);
  if (over === 'snap') return concat([fromHex('01 00 0c cc cc cc 02 00 00 00 00 01'), Uint8Array.from(u16(payload.length + 8)), fromHex('aaaa03 00000c'), Uint8Array.from(u16(at[0]!)), payload]);
  const [from = 0, to = 0] = at.map((port) => (port === CLIENT ? CLIENT + n : port));
  const destination = name === 'hsrp' ? [224, 0, 0, 2] : [10, 0, 0, 2];
  const carrier = over === 'udp' ? [...u16(from), ...u16(to), ...u16(payload.length + 8), 0, 0] : over === 'tcp' ? [...u16(from), ...u16(to), ...u32(1), ...u32(1), 0x50, 0x18, 0xff, 0xff, 0, 0, 0, 0] : [];
  const length = 20 + carrier.length + payload.length;
  const ip = [0x45, 0, ...u16(length), 0, 1, 0, 0, 64, over === 'udp' ? 17 : over === 'tcp' ? 6 : from, 0, 0, 10, 0, 1, n, ...destination];
  return concat([addresses, fromHex('0800'), Uint8Array.from([...ip, ...carrier]), payload]);
}
