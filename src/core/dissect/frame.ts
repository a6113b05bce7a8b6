// What the capture file says about a packet, and Wireshark's frame.* fields made from it. None of it is in the packet's bytes.

/** One record of a capture. Times are Unix seconds with a non-negative part in nanoseconds. */
export interface FrameInfo {
  readonly number: number; //              from 1, in the file
  readonly hasTime: boolean; //            a simple packet block has none
  readonly seconds: number;
  readonly nanoseconds: number;
  readonly firstSeconds: number; //        of the file's first packet
  readonly firstNanoseconds: number;
  readonly previousSeconds: number; //     of the packet before; of the packet itself where there is none
  readonly previousNanoseconds: number;
  readonly displayedSeconds: number; //    of the packet before that passed the filter
  readonly displayedNanoseconds: number;
  readonly caplen: number; //              bytes kept in the file
  readonly origlen: number; //             bytes on the wire
  readonly encap: number; //               Wireshark's number of the link type (`linkEncap` of core/capture); -1 for a record that is no packet
  readonly section: number; //             pcapng, from 1; 0 in a pcap, which has no sections and no interfaces
  readonly iface: number | null; //        pcapng, from 0 in its section
  readonly interfaceName: string; //       '' where the file names none
  readonly interfaceDescription: string;
  readonly comments: readonly string[];
  readonly flags: number; //               pcapng epb_flags; -1 where there are none
  /** The other options of a pcapng's packet, numbers little-endian; asked for when somebody looks. */
  packetOptions?(): readonly { readonly code: number; readonly value: Uint8Array }[];
}

/** A frame without a file around it: tests and single packets. */
export const bareFrame = (caplen: number, more: Partial<FrameInfo> = {}): FrameInfo => ({
  number: 1, hasTime: true, seconds: 0, nanoseconds: 0, firstSeconds: 0, firstNanoseconds: 0, previousSeconds: 0, previousNanoseconds: 0,
  displayedSeconds: 0, displayedNanoseconds: 0, caplen, origlen: caplen, encap: 1, section: 0, iface: null,
  interfaceName: '', interfaceDescription: '', comments: [], flags: -1, ...more,
});

type Text = (frame: FrameInfo) => string | readonly string[];
export interface FrameField { readonly label: string; readonly text: Text }

const timed = (text: (frame: FrameInfo) => string): Text => (frame) => (frame.hasTime ? text(frame) : []);

const flags = (shift: number, mask: number, digits: number): Text => ({ flags: word }) => {
  if (word < 0) return [];
  const value = (word >>> shift) & mask;
  return digits > 0 ? hex(value, digits) : String(value);
};

/** The number in an option of this code, of up to 64 bits; [] where the packet has none. */
const option = (wanted: number): Text => (frame) => (frame.packetOptions?.() ?? []).filter(({ code }) => code === wanted).map(({ value }) => String(value.reduceRight((all, byte) => (all << 8n) | BigInt(byte), 0n)));
const [DROPCOUNT, PACKETID, QUEUE] = [4, 5, 6];

/** By filter name. `frame.protocols` and `frame` itself hang on the layers and are made in occurrences.ts. */
export const FRAME_FIELDS: Readonly<Record<string, FrameField>> = {
  'frame.number': { label: 'Frame Number', text: (f) => String(f.number) },
  'frame.time': { label: 'Arrival Time', text: timed((f) => absoluteTime(f.seconds, f.nanoseconds)) },
  'frame.time_epoch': { label: 'Epoch Time', text: timed(epochText) },
  'frame.time_relative': { label: 'Time since the first packet', text: timed((f) => span(f.seconds, f.nanoseconds, f.firstSeconds, f.firstNanoseconds)) },
  'frame.time_delta': { label: 'Time since the packet before', text: timed((f) => span(f.seconds, f.nanoseconds, f.previousSeconds, f.previousNanoseconds)) },
  'frame.time_delta_displayed': {
    label: 'Time since the packet before that is shown', text: timed((f) => span(f.seconds, f.nanoseconds, f.displayedSeconds, f.displayedNanoseconds)),
  },
  'frame.len': { label: 'Frame length on the wire', text: (f) => String(f.origlen) },
  'frame.cap_len': { label: 'Frame length stored in the capture', text: (f) => String(f.caplen) },
  'frame.encap_type': { label: 'Encapsulation type', text: (f) => (f.encap >= 0 ? String(f.encap) : []) },
  'frame.interface_id': { label: 'Interface', text: (f) => (f.iface === null ? [] : String(f.iface)) },
  'frame.interface_name': { label: 'Interface name', text: (f) => (f.iface === null ? [] : f.interfaceName || f.interfaceDescription || 'unknown') }, // as tshark has it
  'frame.interface_description': { label: 'Interface description', text: (f) => f.interfaceDescription || [] },
  'frame.section_number': { label: 'Section', text: (f) => (f.section > 0 ? String(f.section) : []) },
  'frame.packet_id': { label: 'Packet id', text: option(PACKETID) },
  'frame.drop_count': { label: 'Packets dropped since the one before', text: option(DROPCOUNT) },
  'frame.interface_queue': { label: 'Interface queue', text: option(QUEUE) },
  'frame.comment': { label: 'Comment', text: (f) => f.comments },
  'frame.packet_flags': { label: 'Packet flags', text: flags(0, 0xffff_ffff, 8) },
  'frame.packet_flags_direction': { label: 'Direction', text: flags(0, 3, 8) },
  'frame.packet_flags_reception_type': { label: 'Reception type', text: flags(2, 7, 0) },
  'frame.packet_flags_fcs_length': { label: 'FCS length', text: flags(5, 15, 0) },
};

const hex = (n: number, digits: number): string => `0x${(n >>> 0).toString(16).padStart(digits, '0')}`;

/** Seconds between two times with nine decimals, negative where the clock went back. */
export function span(seconds: number, nanoseconds: number, fromSeconds: number, fromNanoseconds: number): string {
  let s = seconds - fromSeconds;
  let n = nanoseconds - fromNanoseconds;
  if (n < 0 && s > 0) { n += 1e9; s--; }
  if (n > 0 && s < 0) { n -= 1e9; s++; }
  const sign = s < 0 || n < 0 ? '-' : '';
  return `${sign}${Math.abs(s)}.${String(Math.abs(n)).padStart(9, '0')}`;
}

/** tshark 4.0 puts a minus before the whole where a damaged pcap has a fraction below zero, and counts nothing together. */
export function epochText({ seconds, nanoseconds }: FrameInfo): string {
  return nanoseconds < 0 && seconds > 0 ? `-${seconds}.${String(-nanoseconds).padStart(9, '0')}` : span(seconds, nanoseconds, 0, 0);
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (n: number): string => String(n).padStart(2, '0');

/** As tshark prints FT_ABSOLUTE_TIME in UTC: "Jun 20, 2008 10:20:37.965649000 UTC". */
export function absoluteTime(seconds: number, nanoseconds: number): string {
  const t = new Date(seconds * 1000);
  const day = `${MONTHS[t.getUTCMonth()] ?? '???'} ${String(t.getUTCDate()).padStart(2, ' ')}, ${t.getUTCFullYear()}`;
  return `${day} ${two(t.getUTCHours())}:${two(t.getUTCMinutes())}:${two(t.getUTCSeconds())}.${String(nanoseconds).padStart(9, '0')} UTC`;
}
