import type { PacketView } from '../packet/packet-view.ts';
import { TCP } from '../packet/packet-view.ts';
import type { Flow } from './flow.ts';

// The packet that stands for the end of a flow: when a capture or a session ends with data that no rule has looked at, Suricata makes one for each direction (flow-timeout.c). It has the flow's
// ends and nothing else.

const TCP_HEADER = 20;
const MAX_VLAN = 0xffff;

/** Fills a view with the packet of one direction. `key` is the flow's key as writeKey puts it. */
export function fillStreamEnd(view: PacketView, flow: Flow, key: Uint32Array, toServer: boolean): void {
  const version = (key[9]! >>> 8) & 0xff;
  const header = version === 4 ? 20 : 40;
  const bytes = new Uint8Array(header + TCP_HEADER);
  const words = new DataView(bytes.buffer);
  // The lower end comes first in the key; the client is that end unless the flow is reversed.
  const sourceFirst = toServer !== flow.reversed;
  const size = version === 4 ? 1 : 4;
  const at = version === 4 ? 12 : 8;
  for (let i = 0; i < size; i++) {
    words.setUint32(at + 4 * i, key[(sourceFirst ? 0 : 4) + i]!);
    words.setUint32(at + 4 * (size + i), key[(sourceFirst ? 4 : 0) + i]!);
  }
  bytes[0] = version === 4 ? 0x45 : 0x60;
  words.setUint16(version === 4 ? 2 : 4, version === 4 ? bytes.length : TCP_HEADER);
  bytes[version === 4 ? 9 : 6] = TCP;
  bytes[version === 4 ? 8 : 7] = 64;
  const [low, high] = [key[8]! >>> 16, key[8]! & 0xffff];
  words.setUint16(header, sourceFirst ? low : high);
  words.setUint16(header + 2, sourceFirst ? high : low);
  bytes[header + 12] = 0x50;
  bytes[header + 13] = 0x10;
  view.reset(bytes, 0, bytes.length, key[9]! & 0xff, 'stream (flow timeout)');
  view.stamp(flow.lastNumber, flow.lastSeconds, flow.lastNanoseconds);
  vlans(view, key);
  view.ipVersion = version;
  view.ip = 0;
  view.ipEnd = view.payload = view.payloadEnd = bytes.length;
  view.protocol = TCP;
  view.transport = header;
  view.sport = words.getUint16(header);
  view.dport = words.getUint16(header + 2);
  view.flow = flow;
  view.toServer = toServer;
  view.apart = view.isStreamEnd = view.sessionSpeaks = true;
}

function vlans(view: PacketView, key: Uint32Array): void {
  for (const vlan of [key[10]! >>> 16, key[10]! & MAX_VLAN, key[11]!]) if (vlan !== 0) view.vlans[view.vlanCount++] = vlan;
}
