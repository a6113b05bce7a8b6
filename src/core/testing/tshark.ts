import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const haveTshark = spawnSync('tshark', ['-v']).status === 0;
/** Ends the name of each test group that is skipped where tshark is absent. */
export const TSHARK = haveTshark ? 'tshark' : 'tshark (not installed here: skipped)';

/** No reassembly, no checksums, no names: what a packet says by itself. */
const OFF = ['ip.defragment', 'ipv6.defragment', 'tcp.desegment_tcp_streams', 'tcp.reassemble_out_of_order', 'tcp.no_subdissector_on_error',
  'ip.check_checksum', 'tcp.check_checksum', 'udp.check_checksum'];

// One listener a filter, so that one run answers them all.
const LISTEN = `
for i, f in ipairs(filters) do
  local ok, tap = pcall(Listener.new, "frame", f)
  if ok then
    local seen = {}
    function tap.packet(pinfo) seen[#seen + 1] = pinfo.number end
    function tap.draw() print(i .. ":" .. table.concat(seen, " ")) end
  end
end`;

const options = [...OFF.flatMap((name) => ['-o', `${name}:FALSE`]), '-n'];

function tshark(args: readonly string[], home: string): { stdout: string; stderr: string } {
  const env = { PATH: process.env.PATH ?? '', HOME: home, TZ: 'UTC', LC_ALL: 'C.UTF-8' };
  return spawnSync('tshark', [...options, ...args], { encoding: 'utf8', maxBuffer: 1 << 28, env });
}

function inFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'vxlens-'));
  try { return work(folder); } finally { rmSync(folder, { recursive: true, force: true }); }
}

const FIELD_END = '\x01';
const NEXT = '\x02';

/** All occurrences of each field, packet by packet; `more` options stand behind the ones that switch reassembly and checksums off. */
export const tsharkOccurrences = (file: string, fields: readonly string[], more: readonly string[] = []): Readonly<Record<string, readonly string[]>>[] => inFolder((folder) => {
  const form = ['-T', 'fields', '-E', `separator=${FIELD_END}`, '-E', `aggregator=${NEXT}`, '-E', 'occurrence=a'];
  return tshark(['-r', file, ...more, ...form, ...fields.flatMap((f) => ['-e', f])], folder).stdout.split('\n').slice(0, -1).map((line) => {
    const values = line.split(FIELD_END);
    return Object.fromEntries(fields.map((name, i) => [name, values[i] ? values[i].split(NEXT) : []]));
  });
});

/** The packets of a capture file that pass each filter; null for a filter that tshark refuses. `more` options stand at the end. */
export const tsharkFilters = (file: string, filters: readonly string[], more: readonly string[] = []): (readonly number[] | null)[] => inFolder((folder) => {
  const script = join(folder, 'filters.lua');
  writeFileSync(script, `local filters = {\n${filters.map((f) => `[==[${f}]==],`).join('\n')}\n}\n${LISTEN}`);
  const lines = tshark(['-q', '-X', `lua_script:${script}`, '-r', file, ...more], folder).stdout.split('\n');
  const found = new Map(lines.flatMap((line) => { const m = /^(\d+):(.*)$/.exec(line); return m ? [[Number(m[1]), m[2]!] as const] : []; }));
  return filters.map((_, i) => found.get(i + 1)?.split(' ').filter(Boolean).map(Number) ?? null);
});

/** The fields of every packet of a file, as tshark prints them, and what it complained about. */
export const tsharkFields = (file: Uint8Array, fields: readonly string[]): { rows: string[][]; complaints: string } => inFolder((folder) => {
  const path = join(folder, 'capture');
  writeFileSync(path, file);
  const { stdout, stderr } = tshark(['-r', path, '-T', 'fields', ...fields.flatMap((field) => ['-e', field])], folder);
  const complaints = stderr.split('\n').filter((line) => line !== '' && !line.startsWith('Running as user')).join('\n');
  return { rows: stdout.split('\n').slice(0, -1).map((line) => line.split('\t')), complaints };
});
