import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, it, vi } from 'vitest';
import { faultText } from '../core/base/fault.ts';
import { SAMPLES, samplesFile } from '../core/testing/applications.ts';
import { pcapFile } from '../core/testing/pcap-file.ts';
import { pcapngWithExtras } from '../core/testing/pcapng-extras.ts';
import { captureHandlers } from './handlers.ts';
import { Session } from './session.ts';

const PING = readFileSync('public/samples/mirrored-ping/appliance-eth0.pcap');

async function opened(bytes: Uint8Array<ArrayBuffer> = new Uint8Array(PING), signal = new AbortController().signal) {
  const calls = captureHandlers(new Session());
  const progress: number[] = [];
  const context = { signal, progress: () => {}, move: () => {} };
  const summary = await calls.open({ file: new Blob([bytes]), name: 'appliance-eth0.pcap' }, { ...context, progress: ({ packets }) => progress.push(packets) });
  return { calls, summary, progress, context };
}

it('tells what the capture is, after rows could be seen', async () => {
  const { summary, progress } = await opened();
  expect(summary).toMatchObject({
    format: 'pcap, little-endian, microseconds', packets: 19, bytes: 2622, tunnelled: 12, truncated: 0, vnis: [333], fault: null, guess: 'Appliance',
    interfaces: [{ id: 0, linkType: 'Ethernet', packets: 19 }],
  });
  expect(progress[0]).toBe(19);
});

// Info as tshark 4.0.17 prints it: of the mirrored packets' innermost layer
it.each([
  [1, 'Who has 172.31.0.1? Tell 172.31.9.144'],
  [2, 'Echo (ping) request  id=0x6cef, seq=1/256, ttl=64 (reply in 3)'],
  [3, 'Echo (ping) reply    id=0x6cef, seq=1/256, ttl=64 (request in 2)'],
])('row %i says %s', async (number, info) => {
  const { calls, context } = await opened();
  const { rows, total } = await calls.rows({ from: number - 1, count: 1 }, context);
  expect([total, rows[0]?.number, rows[0]?.info]).toEqual([19, number, info]);
});

it('filters, sorts and finds packets in the view; a filter that is wrong leaves it as it was', async () => {
  const { calls, context } = await opened();
  expect(await calls.view({ filter: 'vxlan.vni == 333', sort: { column: 'time', descending: true } }, context)).toEqual({ rows: 12 });
  const { rows } = await calls.rows({ from: 0, count: 100 }, context);
  expect(rows.map(({ number }) => number)).toEqual([13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
  expect(await calls.position({ number: 3 }, context)).toBe(10);
  expect(await calls.position({ number: 1 }, context)).toBe(-1);
  expect(await calls.view({ filter: 'vxlan.vni == ', sort: null }, context)).toHaveProperty('error');
  expect((await calls.rows({ from: 0, count: 1 }, context)).total).toBe(12);
});

it('describes a packet from both ends of the envelope', async () => {
  const { calls, context } = await opened();
  const { layers, bytes, time } = await calls.packet({ number: 3 }, context);
  expect(layers.map(({ protocol, level, part }) => `${protocol} ${level} ${part}`)).toEqual([
    'eth 0 outer', 'ip 0 outer', 'udp 0 outer', 'vxlan 0 envelope', 'eth 1 inner', 'ip 1 inner', 'icmp 1 inner', 'data 1 inner',
  ]);
  expect([bytes.length, time]).toEqual([148, 'Nov 24, 2026 04:45:25.107203000 UTC']);
  await expect(calls.packet({ number: 20 }, context)).rejects.toMatchObject({ fault: { code: 'not-found' } });
});

it('reads a gzip of several members as the same capture, and gives its bytes inflated', async () => {
  vi.stubGlobal('navigator', {}); // a browser without room on disk, which Node is as well
  const { calls, summary, context } = await opened(new Uint8Array(Buffer.concat([gzipSync(PING.subarray(0, 700)), gzipSync(PING.subarray(700))])));
  expect([summary.packets, summary.fault]).toEqual([19, null]);
  expect(Buffer.from(await (await calls.blob({}, context)).arrayBuffer()).equals(PING)).toBe(true);
  expect((await calls.packet({ number: 19 }, context)).bytes.length).toBe(98);
});

it('says about how much comes out of a gzip before it inflates; where that is refused, what it takes, what was kept and what can be done', async () => {
  const room = 60_000;
  const full = (): number => { throw new DOMException('', 'QuotaExceededError'); };
  const handle = { write: (bytes: Uint8Array, { at }: { at: number }) => (at + bytes.length > room ? full() : bytes.length), read: () => 0 };
  const folder = { getDirectoryHandle: () => Promise.resolve(folder), keys: async function* () {}, getFileHandle: () => Promise.resolve({ createSyncAccessHandle: () => Promise.resolve(handle) }) };
  vi.stubGlobal('navigator', { storage: { getDirectory: () => Promise.resolve(folder) } });
  const capture = pcapFile({ packets: Array.from({ length: 2000 }, () => ({ bytes: new Uint8Array(randomBytes(60)) })) });
  const seen: unknown[] = [];
  const calls = captureHandlers(new Session());
  const { fault, packets } = await calls.open({ file: new Blob([gzipSync(capture)]), name: '' }, { signal: new AbortController().signal, progress: (read) => seen.push(read), move: () => {} });
  vi.unstubAllGlobals();
  expect(seen[0]).toMatchObject({ packets: 0, bytesRead: 0, inflated: 152_024, guess: null });
  expect(packets).toBeGreaterThan(0);
  expect(faultText(fault!)).toMatch(/^Unpacked, the capture takes about 152 kB, more than this browser gives a page \(QuotaExceededError\), at byte [\d,]+\. The [\d,]+ packets before it were kept\. Unpack it beforehand and open what comes out: .*\.$/);
});

it('guesses the role from the first packets', async () => {
  const guesses: unknown[] = [];
  const calls = captureHandlers(new Session());
  await calls.open({ file: new Blob([new Uint8Array(PING)]), name: '' }, { signal: new AbortController().signal, progress: ({ guess }) => guesses.push(guess), move: () => {} });
  expect(guesses[0]).toBe('Appliance');
});

// Info as tshark 4.0.17 prints it for the same bytes
it('tells a packet that the capture cut from one that is malformed', async () => {
  const mirrored = new Uint8Array(PING).subarray(24 + 16 + 42 + 16, 24 + 16 + 42 + 16 + 148);
  const { calls, context } = await opened(pcapFile({ packets: [{ bytes: mirrored.slice(0, 70), origlen: 148 }, { bytes: mirrored.slice(0, 9), origlen: 148 }, { bytes: mirrored.slice(0, 70) }] }));
  const { rows } = await calls.rows({ from: 0, count: 3 }, context);
  expect(rows.map(({ info }) => info)).toEqual(['[Packet size limited during capture]', '[Packet size limited during capture]', '[Malformed Packet]']);
  const { layers } = await calls.packet({ number: 1 }, context);
  expect(layers.at(-1)?.note).toMatch(/the capture kept only 70 of 148 bytes\.$/);
});

it('keeps what came before a break and says where it is', async () => {
  const { calls, summary, context } = await opened(new Uint8Array(PING.subarray(0, 1000)));
  expect(summary.fault).toMatchObject({ code: 'cut-packet' });
  expect((await calls.rows({ from: 0, count: 100 }, context)).total).toBe(summary.packets);
});

it('stops when it is cancelled, and what was read stays', async () => {
  const stopped = AbortSignal.abort();
  const packets = Array.from({ length: 3 }, () => ({ bytes: new Uint8Array(60) }));
  const { calls, summary, context } = await opened(pcapFile({ packets }), stopped);
  expect(summary.fault).toMatchObject({ code: 'cancelled' });
  expect((await calls.rows({ from: 0, count: 100 }, context)).rows).toHaveLength(3);
});

it('keeps changed comments: in the packet, in a filter, in what is saved', async () => {
  const { calls, context } = await opened();
  await calls.editComments({ number: 3, comments: ['look here'] }, context);
  expect((await calls.packet({ number: 3 }, context)).comments).toEqual(['look here']);
  expect((await calls.packet({ number: 4 }, context)).comments).toEqual([]);
  expect(await calls.view({ filter: 'frame.comment contains "here"', sort: null }, context)).toEqual({ rows: 1 });
  const { file, format, packets } = await calls.captureFile({ all: true }, context);
  expect([format, packets]).toEqual(['pcapng', 19]);
  const again = await opened(new Uint8Array(await file.arrayBuffer()));
  expect((await again.calls.packet({ number: 3 }, context)).comments).toEqual(['look here']);
  await again.calls.editComments({ number: 3, comments: [] }, context);
  expect(await again.calls.view({ filter: 'frame.comment', sort: null }, context)).toEqual({ rows: 0 });
});

it('tells what a pcapng says beside its packets, and of keys no more than that they are there', async () => {
  const { calls, context } = await opened(pcapngWithExtras(true).file);
  const { interfaces, names, secrets, commented } = await calls.properties({}, context);
  expect(interfaces).toMatchObject([{ name: 'eth0', snaplen: 96, packets: 2, counts: '1,000 received, 12 dropped by the interface' }, { packets: 1 }]);
  expect([names, secrets, commented]).toEqual([[{ address: '172.31.4.131', names: 'ids.example, also.example' }], ['TLS key log: 1 line'], 1]);
  const { comments, remarks } = await calls.packet({ number: 1 }, context);
  expect(comments).toEqual(['first', 'second']);
  expect(remarks.map(({ label, text }) => `${label}: ${text}`)).toEqual(['Flags: inbound', 'Hash: CRC32 ec1d8797', 'Dropped: 7 packets of the interface since the one before', 'Packet id: 0x2a', 'Queue: 3', 'Verdict: eBPF TC 5']);
});

it('names the application in the list, where the columns end at its carrier', async () => {
  const { calls, context } = await opened(samplesFile());
  const { rows } = await calls.rows({ from: 0, count: SAMPLES.length }, context);
  const shown = (name: string) => { const row = rows[SAMPLES.findIndex((sample) => sample.name === name)]!; return [row.protocol, row.info]; };
  expect(shown('snmp get')).toEqual(['SNMP', 'get-request 1.3.6.1.2.1.1.1.0']);
  expect(shown('ftp user')).toEqual(['FTP', 'Request: USER anonymous']);
  expect(shown('dtls data')).toEqual(['DTLSv1.2', 'Application Data']);
});
