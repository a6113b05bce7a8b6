// A rule that fires on a packet, to start from: its ends, what kind of packet it is, and the words that it carries.

import { addressText } from '../output/address.ts';
import { u8 } from '../../bytes/read.ts';
import { type PacketView, TCP, UDP } from '../packet/packet-view.ts';

/** Content is looked for in so many bytes of the payload, and is so long at most. */
const LOOKED_AT = 256;
const LONGEST = 32;
/** So many printable characters in a row are taken for words. */
const WORDS = 6;
/** Where there are no words, the payload's first bytes. */
const HEAD = 8;

/** Printed as it is; what has a meaning in a rule is written in hexadecimal digits. */
const isPlain = (byte: number): boolean => byte >= 0x20 && byte < 0x7f && !'|";:\\'.includes(String.fromCharCode(byte));

/** Bytes as a content has them: letters as they are, others as |0d 0a|. */
export function contentText(bytes: Uint8Array): string {
  let text = '';
  let hex: string[] = [];
  const close = (): void => { if (hex.length > 0) text += `|${hex.join(' ')}|`; hex = []; };
  for (const byte of bytes) {
    if (isPlain(byte)) { close(); text += String.fromCharCode(byte); } else hex.push(byte.toString(16).padStart(2, '0'));
  }
  close();
  return text;
}

/** The first words of the payload, else its first bytes; '' without a payload. */
function contentOf(p: PacketView): string {
  if (!p.inspectPayload || p.payloadLength === 0) return '';
  const bytes = p.bytes.subarray(p.payload, Math.min(p.payloadEnd, p.payload + LOOKED_AT));
  let run = 0;
  for (let at = 0; at <= bytes.length; at++) {
    if (at < bytes.length && bytes[at]! >= 0x20 && bytes[at]! < 0x7f && run < LONGEST) { run++; continue; }
    if (run >= WORDS) return `content:"${contentText(bytes.subarray(at - run, at))}";${at === run ? ' startswith;' : ''}`;
    run = 0;
  }
  return `content:"${contentText(bytes.subarray(0, HEAD))}"; startswith;`;
}

/** Letters of the TCP flags that open, close and reset. */
const FLAGS: readonly (readonly [bits: number, letters: string])[] = [[0x02, 'S'], [0x12, 'SA'], [0x01, 'F'], [0x11, 'FA'], [0x04, 'R'], [0x14, 'RA'], [0x10, 'A']];

interface Made { readonly protocol: string; readonly what: string; readonly options: readonly string[]; readonly ports: boolean }

function made(p: PacketView): Made {
  if (p.arp) return { protocol: 'arp', what: 'ARP', options: [], ports: false };
  if (p.ipVersion === 0) return { protocol: 'pkthdr', what: 'Packet', options: [], ports: false };
  if (p.isIcmp && p.transport >= 0) {
    const [type, code] = [u8(p.bytes, p.transport), u8(p.bytes, p.transport + 1)];
    return { protocol: p.ipVersion === 4 ? 'icmp' : 'icmpv6', what: `ICMP type ${type}`, options: [`itype:${type};`, `icode:${code};`], ports: false };
  }
  if (p.protocol === TCP && p.transport >= 0) return madeOfTcp(p);
  if (p.protocol === UDP && p.transport >= 0) return { protocol: 'udp', what: `UDP ${p.toServer ? 'to' : 'from'} port ${p.toServer ? p.dport : p.sport}`, options: [contentOf(p)], ports: true };
  return { protocol: 'ip', what: p.fragment ? 'Fragment' : `IP protocol ${p.protocol}`, options: [`ip_proto:${p.protocol};`], ports: false };
}

/** With tcp-pkt a content is looked for in the packet itself: with tcp it would be in the stream, and the alert fall on a later packet. */
function madeOfTcp(p: PacketView): Made {
  const content = contentOf(p);
  const what = `TCP ${p.toServer ? 'to' : 'from'} port ${p.toServer ? p.dport : p.sport}`;
  if (content === '') return { protocol: 'tcp', what, options: flagsOf(p), ports: true };
  return { protocol: 'tcp-pkt', what, options: [...(p.flow === null ? [] : [`flow:${p.established ? 'established,' : ''}${p.toServer ? 'to_server' : 'to_client'};`]), content], ports: true };
}

function flagsOf(p: PacketView): string[] {
  const bits = u8(p.bytes, p.transport + 13) & 0x3f;
  const letters = FLAGS.find(([wanted]) => wanted === bits)?.[1];
  return letters === undefined ? [] : [`flags:${letters},12;`];
}

/** A rule with this sid that fires on the packet as `p` sees it, its flow followed up to there. */
export function ruleFrom(p: PacketView, sid: number): string {
  const { protocol, what, options, ports } = made(p);
  const address = (at: number): string => (p.ipVersion === 0 ? 'any' : addressText(p.bytes, at, p.ipVersion));
  const [sport, dport] = !ports ? ['any', 'any'] : p.toServer ? ['any', p.dport] : [p.sport, 'any'];
  const vlan = p.vlanCount > 0 ? [`vlan.id:${p.vlans[0]!};`] : [];
  const all = [`msg:"${what}, from packet ${p.number}";`, ...options, ...vlan, `sid:${sid};`, 'rev:1;'].filter((option) => option !== '');
  return `alert ${protocol} ${address(p.sourceAddress)} ${sport} -> ${address(p.destinationAddress)} ${dport} (${all.join(' ')})`;
}
