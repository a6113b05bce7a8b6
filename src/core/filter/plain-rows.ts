import { LOST_ADDRESS } from '../table/address-table.ts';
import { Mark, NO_IP, NO_VNI, type PacketColumns } from '../table/packet-columns.ts';
import { Name } from '../table/protocol-names.ts';

export const [ICMP, TCP, UDP, ICMPV6] = [1, 6, 17, 58] as const;

/** Cut, damaged or in pieces, or with more headers than the columns have room for. */
const NOT_WHOLE = Mark.CUT | Mark.CLIPPED | Mark.MALFORMED | Mark.FRAGMENT | Mark.OUTER_FRAGMENT | Mark.TOO_DEEP | Mark.IP_IN_IP;

/** By IANA's number: the marks that say that the columns have ports, or type and code; of any other protocol a mark that there is not. */
const NEEDED = new Uint32Array(256).fill(1 << 16);
NEEDED[TCP] = NEEDED[UDP] = Mark.PORTS;
NEEDED[ICMP] = NEEDED[ICMPV6] = Mark.CONTROL;
NEEDED[NO_IP] = 0;

/** By IANA's number and upper byte of `control`: 0 where an ICMP message may quote a packet, whose fields count as well (RFC 792, 1256, 4443, 4861). */
const QUIET = new Uint8Array(256 * 256).fill(1);
for (const [protocol, echoes] of [[ICMP, [0, 8]], [ICMPV6, [128, 129]]] as const) for (let type = 0; type < 256; type++) QUIET[protocol * 256 + type] = echoes.some((echo) => echo === type) ? 1 : 0;

/**
 * Whether the columns hold every IP header, address, port, VNI and ICMP type of each of these rows: one envelope at most, and innermost what is not looked
 * into further. By tables, since what a packet carries is not to be guessed.
 */
export function plainRows(c: PacketColumns, from: number, count: number, mayLose: boolean, into: Uint8Array): void {
  const { marks, depth, vni, control, ipProtocol, outerProtocol, protocol } = c;
  for (let k = 0, i = from; k < count; k++, i++) {
    const [mark, levels, carried] = [marks[i]!, depth[i]!, ipProtocol[i]!];
    const odd = (mark & NOT_WHOLE) | (~mark & NEEDED[carried]!) | (levels & 0xfe);
    if (odd !== 0 || (levels === 0) !== (vni[i]! === NO_VNI)
      || (levels !== 0 && outerProtocol[i]! === Name.VXLAN_GPE) // also a vxlan, with other fields
      || (carried === NO_IP && protocol[i]! !== Name.ARP) || (mayLose && isLost(c, i))) into[k] = 0;
    else into[k] = QUIET[carried * 256 + (control[i]! >> 8)]!;
  }
}

/** An address that found no room in the table. */
const isLost = (c: PacketColumns, i: number): boolean =>
  c.source[i] === LOST_ADDRESS || c.destination[i] === LOST_ADDRESS || c.outerSource[i] === LOST_ADDRESS || c.outerDestination[i] === LOST_ADDRESS;
