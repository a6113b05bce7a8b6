// Whether a mirrored frame fits: lengths only, in bytes. RFC 7348, RFC 8926 (GENEVE) and RFC 8200 (fragments over IPv6) give the headers.

export interface Sizes {
  readonly frame: number; //    as the source's stack hands it over, with its Ethernet header
  readonly source: number; //   MTU of the mirrored interface
  readonly target: number; //   MTU of the mirror's target
  readonly ip: 4 | 6; //        outside
  readonly tags: number; //     VLAN tags outside
  readonly kind: 'VXLAN' | 'GENEVE';
  readonly options: number; //  of GENEVE, a multiple of 4
}

export interface Part { readonly name: string; readonly bytes: number; readonly of: 'outer' | 'envelope' | 'inner' | 'gone' }

export interface Result {
  readonly parts: readonly Part[]; //      of the mirrored frame in order, what is cut off last
  readonly frame: number; //               the longest one that leaves the source
  readonly packets: number; //             so many frames the source makes of what its stack handed over
  readonly room: number; //                so much of a frame fits into the envelope
  readonly cut: number;
  readonly wire: number; //                length of the mirrored frame on the wire, cut
  readonly fragments: number; //           where the sender fragments the envelope instead of cutting: 1 where it fits
  readonly overhead: number; //            what headers take between the two MTUs: 50 for VXLAN over IPv4, 70 over IPv6
  readonly advised: number; //             source MTU by AWS: 54 or 74 less
  readonly fits: number; //                largest source MTU with nothing cut
}

export const ETHERNET = 14;
const TAG = 4, UDP = 8, SHIM = 8; // VXLAN, and GENEVE without options
const FRAGMENT = 8; // IPv6's extension header; IPv4 has the fields in its own

/** What becomes of a frame. An Ethernet header and its tags do not count to an MTU; the one inside the envelope does to the target's. */
export function reckon({ frame: asked, source, target, ip, tags, kind, options }: Sizes): Result {
  const ipHeader = ip === 4 ? 20 : 40, shim = SHIM + (kind === 'GENEVE' ? options : 0);
  const headers = ipHeader + UDP + shim, overhead = headers + ETHERNET;
  const frame = Math.min(asked, source + ETHERNET);
  const room = Math.max(0, target - headers), cut = Math.max(0, frame - room), kept = frame - cut;
  const before = ETHERNET + tags * TAG;
  const parts: Part[] = [
    { name: tags === 0 ? 'Ethernet' : `Ethernet, ${tags} VLAN ${tags === 1 ? 'tag' : 'tags'}`, bytes: before, of: 'outer' },
    { name: `IPv${ip}`, bytes: ipHeader, of: 'outer' }, { name: 'UDP', bytes: UDP, of: 'outer' },
    { name: kind, bytes: shim, of: 'envelope' },
    { name: 'Ethernet inside', bytes: Math.min(ETHERNET, kept), of: 'inner' }, { name: 'Packet inside', bytes: Math.max(0, kept - ETHERNET), of: 'inner' },
    { name: 'Cut off', bytes: cut, of: 'gone' },
  ];
  return {
    parts, frame, packets: Math.max(1, Math.ceil((asked - ETHERNET) / source)), room, cut, wire: before + headers + kept, overhead,
    fragments: fragments(UDP + shim + frame, target - ipHeader, ip === 6), advised: target - (ip === 4 ? 54 : 74), fits: target - overhead,
  };
}

/** Into how many fragments `payload` bytes go where `room` fit behind the IP header: all but the last hold a multiple of 8 (RFC 791, RFC 8200). */
function fragments(payload: number, room: number, v6: boolean): number {
  if (payload <= room) return 1;
  const last = room - (v6 ? FRAGMENT : 0), each = last - (last % 8);
  return 1 + Math.ceil((payload - last) / each);
}
