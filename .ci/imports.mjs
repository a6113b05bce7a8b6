// The floors of the house, checked with dependency-cruiser's own API-less CLI; a cruise that saw no files passes as well, so the count is demanded.
import { spawnSync } from 'node:child_process';

const LEAST = 30;
const { stdout, stderr } = spawnSync('npx', ['depcruise', 'src', '--config', '.dependency-cruiser.cjs', '--output-type', 'json'], { encoding: 'utf8', maxBuffer: 1 << 28 });
let summary;
try { ({ summary } = JSON.parse(stdout)); } catch { console.error(stdout, stderr); process.exit(1); }
const wrong = summary.violations.filter(({ rule }) => rule.severity === 'error');
for (const { rule, from, to, cycle } of wrong) console.error(`${rule.name}: ${from} → ${cycle ? cycle.map((step) => step.name).join(' → ') : to}`);
console.log(`imports: ${summary.totalCruised} modules, ${wrong.length} against the floors`);
if (summary.totalCruised < LEAST) console.error(`only ${summary.totalCruised} modules were seen: the check itself is broken`);
process.exit(wrong.length > 0 || summary.totalCruised < LEAST ? 1 : 0);
