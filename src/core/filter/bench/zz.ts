import { scanOnce } from './scan.bench.ts';
for (let i = 0; i < 4; i++) { const t = performance.now(); await scanOnce('/tmp/vxlens-bench-1000000.pcap', process.argv[2] ?? 'icmp.seq == 77', 1_000_000); console.log((performance.now() - t).toFixed(0)); }
