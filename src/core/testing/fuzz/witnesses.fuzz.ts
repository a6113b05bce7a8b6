import fc from 'fast-check';
import { memorySource } from '../../bytes/memory-source.ts';
import { linkProtocol } from '../../capture/link-types.ts';
import { firstProtocol } from '../../protocols/all.ts';
import { allCaptures } from '../fixtures.ts';
import { disagreement } from '../pair.ts';
import { readRecords } from '../read-records.ts';
import { changes, mutated } from './mutation.fuzz.ts';

const HEADERS = 160; // bytes from a packet's start that headers are in
const EACH = 40; //     packets of one capture

/** Index and dissector agree on packets of all captures, bytes of whose headers were changed. */
export async function witnesses(): Promise<fc.IAsyncProperty<unknown>> {
  const packets: { bytes: Uint8Array; linkType: number }[] = [];
  for (const fixture of allCaptures()) {
    const { records, reader } = await readRecords(memorySource(fixture.bytes()));
    for (const { bytes, iface } of records.slice(0, EACH)) packets.push({ bytes, linkType: reader.interfaces[iface]!.linkType });
  }
  return fc.asyncProperty(fc.nat(packets.length - 1), changes, fc.nat(2000), (which, list, more) => {
    const { bytes, linkType } = packets[which]!;
    const packet = mutated(bytes, list, HEADERS);
    const words = disagreement(packet, packet.length, packet.length + (more < 100 ? more : 0), linkType, firstProtocol(linkProtocol(linkType)));
    return words === '' ? Promise.resolve() : Promise.reject(new Error(`${words}\n${Buffer.from(packet).toString('hex')}`));
  });
}
