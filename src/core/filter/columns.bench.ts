// Filters answered from the packet table, beside the same filters asked of every packet's bytes. Not run by `npm test`.
import { readFileSync } from 'node:fs';
import { bench, describe } from 'vitest';
import { memorySource } from '../bytes/memory-source.ts';
import { openCapture } from '../capture/capture-reader.ts';
import { indexBytes } from '../testing/index-bytes.ts';
import { compileFilter } from './compile.ts';
import { knownRows } from './known-rows.ts';
import { scan } from './scan.ts';

const capture = readFileSync('public/samples/mirrored-ping/appliance-eth0.pcap');
const repeated = new Uint8Array(Buffer.concat([capture.subarray(0, 24), ...Array.from({ length: 2000 }, () => capture.subarray(24))])); // 38,000 packets
const table = await indexBytes(repeated);

for (const text of ['vxlan.vni == 333 && icmp.type == 8', 'ip.addr == 172.31.0.0/16', '!arp', 'frame.number > 37000 && ip.ttl == 64']) {
  describe(text, () => {
    const compiled = compileFilter(text);
    if (!compiled.ok) throw new Error(compiled.error.message);
    const { filter } = compiled;
    bench('every packet', async () => { await scan(await openCapture(memorySource(repeated)), filter, table.count); });
    bench('from the columns', async () => {
      const known = knownRows(table, filter, table.count);
      if (known.open.next(0) >= 0) await scan(await openCapture(memorySource(repeated)), filter, table.count, { known });
    });
  });
}
