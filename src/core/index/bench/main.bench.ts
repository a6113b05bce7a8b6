import { fileSource } from '../../../cli/file-source.ts';
import { index } from './index.bench.ts';
import { millionPackets } from './million.bench.ts';
import { walk } from './walk.bench.ts';

const path = millionPackets();
const timed = async <T>(run: () => Promise<T>): Promise<number> => { const from = process.cpuUsage(); await run(); const u = process.cpuUsage(from); return (u.user + u.system) / 1000; };
for (let round = 0; round < Number(process.argv[2] ?? 5); round++) {
  const w = await timed(async () => { const s = fileSource(path); await walk(s); s.close(); });
  const i = await timed(async () => { const s = fileSource(path); await index(s); s.close(); });
  console.log(w.toFixed(0), i.toFixed(0), (i / w).toFixed(2));
}
