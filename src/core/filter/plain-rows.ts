import { LOST_ADDRESS } from '../table/address-table.ts';
import { Mark, NO_IP, NO_VNI, type PacketColumns } from '../table/packet-columns.ts';
import { Name } from '../table/protocol-names.ts';

export const [ICMP, TCP, UDP, ICMPV6] = [1, 6, 17, 58] as const;

/** Cut, damaged or in pieces, or with more headers than the columns have room for. */
const NOT_WHOLE = Mark.CUT | Mark.CLIPPED | Mark.MALFORMED | Mark.FRAGMENT | Mark.OUTER_FRAGMENT | Mark.TOO_DEEP | Mark.IP_IN_IP;

/** Whether the columns hold every IP header, address, port, VNI and ICMP type of each of these rows: one envelope at most, and innermost what is not looked into further. */
export function plainRows(c: PacketColumns, from: number, count: number, mayLose: boolean, into: Uint8Array): void {
  const { marks, depth, vni, control, ipProtocol, outerProtocol, protocol } = c;
  for (let k = 0, i = from; k < count; k++, i++) {
    const mark = marks[i]!;
    const levels = depth[i]!;
    let plain = (mark & NOT_WHOLE) === 0 && levels <= 1 && (levels === 0) === (vni[i]! === NO_VNI)
      && (levels === 0 || outerProtocol[i]! !== Name.VXLAN_GPE); // also a vxlan, with other fields
    if (plain) {
      const type = control[i]! >> 8;
      switch (ipProtocol[i]!) {
        case TCP: case UDP: plain = (mark & Mark.PORTS) !== 0; break;
        // An error quotes a packet, whose fields count as well (RFC 792, 1256, 4443, 4861).
        case ICMP: plain = (mark & Mark.CONTROL) !== 0 && (type === 0 || type === 8); break;
        case ICMPV6: plain = (mark & Mark.CONTROL) !== 0 && (type === 128 || type === 129); break;
        case NO_IP: plain = protocol[i]! === Name.ARP; break;
        default: plain = false;
      }
    }
    into[k] = plain && !(mayLose && isLost(c, i)) ? 1 : 0;
  }
}

/** An address that found no room in the table. */
const isLost = (c: PacketColumns, i: number): boolean =>
  c.source[i] === LOST_ADDRESS || c.destination[i] === LOST_ADDRESS || c.outerSource[i] === LOST_ADDRESS || c.outerDestination[i] === LOST_ADDRESS;
