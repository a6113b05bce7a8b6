import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LAB_NOTE, LAB_PRESENT, labFile } from '../core/testing/lab.ts';
import { pcapFile } from '../core/testing/pcap-file.ts';
import { haveTshark, TSHARK, tsharkFields } from '../core/testing/tshark.ts';
import { captureHandlers } from './handlers.ts';
import type { FileColumn, FileProgress } from './protocol.ts';
import { Session } from './session.ts';

const PING = readFileSync('public/samples/mirrored-ping/appliance-eth0.pcap');
const COLUMNS: readonly FileColumn[] = [{ id: 'number', title: 'No.' }, { id: 'time', title: 'Time' }, { id: 'vni', title: 'VNI' }, { id: 'info', title: 'Info' }, { id: 'alerts', title: 'Alerts' }];
const CONTEXT = { signal: new AbortController().signal, progress: () => {}, move: () => {} };

async function opened(bytes: Uint8Array = PING, filter = '', descending = false) {
  const calls = captureHandlers(new Session());
  await calls.open({ file: new Blob([new Uint8Array(bytes)]), name: '' }, CONTEXT);
  await calls.view({ filter, sort: descending ? { column: 'number', descending } : null }, CONTEXT);
  return calls;
}

const bytesOf = async (blob: Blob): Promise<Uint8Array> => new Uint8Array(await blob.arrayBuffer());

describe('the list as a table', () => {
  // time and Info as tshark 4.0.17 prints them
  it('as CSV: what passes the filter, in its order, with the columns that are asked for', async () => {
    const calls = await opened(PING, 'frame.number < 3', true);
    const file = await calls.tableFile({ form: 'csv', columns: COLUMNS }, CONTEXT);
    expect(await file.text()).toBe('No.,Time,VNI,Info,Alerts\r\n'
      + '2,0.000869,333,"Echo (ping) request  id=0x6cef, seq=1/256, ttl=64 (reply in 3)",\r\n'
      + '1,0.000000,,Who has 172.31.0.1? Tell 172.31.9.144,\r\n');
  });

  it('as JSON: numbers as numbers, nothing as null, alerts level by level', async () => {
    const calls = await opened(PING, 'frame.number < 3');
    await calls.runRules({ text: 'alert icmp any any -> any any (msg:"ping"; sid:1; priority:2;)', files: [], off: [], vxlanDecoding: true, ips: false, ours: false, id: 1, helpers: [] }, CONTEXT);
    const file = await calls.tableFile({ form: 'json', columns: COLUMNS }, CONTEXT);
    expect(JSON.parse(await file.text())).toEqual([
      { number: 1, time: 0, vni: null, info: 'Who has 172.31.0.1? Tell 172.31.9.144', alerts: [] },
      { number: 2, time: 0.000869, vni: 333, info: 'Echo (ping) request  id=0x6cef, seq=1/256, ttl=64 (reply in 3)', alerts: [{ level: 1, count: 1, priority: 2 }] },
    ]);
  });

  it('is JSON also where nothing passes', async () => {
    const calls = await opened(PING, 'frame.number == 77');
    expect(JSON.parse(await (await calls.tableFile({ form: 'json', columns: COLUMNS }, CONTEXT)).text())).toEqual([]);
  });
});

describe('a long one', () => {
  const LONG = pcapFile({ packets: Array.from({ length: 40_000 }, (_, at) => ({ bytes: new Uint8Array(60), seconds: at })) });

  it('is of the view that it was begun with, and says how far it is', async () => {
    const calls = await opened(LONG);
    const seen: FileProgress[] = [];
    const file = calls.tableFile({ form: 'csv', columns: [{ id: 'number', title: 'No.' }] }, { ...CONTEXT, progress: (progress) => seen.push(progress) });
    await calls.view({ filter: 'frame.number == 5', sort: null }, CONTEXT);
    const lines = (await (await file).text()).trimEnd().split('\r\n');
    expect([lines.length, lines[1], lines.at(-1)]).toEqual([40_001, '1', '40000']);
    expect(seen[0]).toMatchObject({ total: 40_000 });
    expect(seen[0]!.done).toBeLessThan(40_000);
  });

  it.each(['tableFile', 'captureFile'] as const)('stops when it is cancelled: %s', async (call) => {
    const calls = await opened(LONG);
    const stop = new AbortController();
    const context = { ...CONTEXT, signal: stop.signal };
    const file = call === 'tableFile' ? calls.tableFile({ form: 'csv', columns: COLUMNS }, context) : calls.captureFile({}, context);
    stop.abort();
    await expect(file).rejects.toMatchObject({ fault: { code: 'cancelled' } });
  });
});

describe('the list as a capture', () => {
  it('is the same file where everything is shown', async () => {
    const { file, ...facts } = await (await opened()).captureFile({}, CONTEXT);
    expect(facts).toEqual({ format: 'pcap', packets: 19 });
    expect(Buffer.compare(await bytesOf(file), PING)).toBe(0);
  });

  it.skipIf(!haveTshark)(`has the packets that pass, in the order of the capture however the list is sorted, as ${TSHARK} reads them`, async () => {
    const { file } = await (await opened(PING, 'vxlan', true)).captureFile({}, CONTEXT);
    const fields = ['frame.time_epoch', 'frame.len', 'ip.id'];
    const { rows, complaints } = tsharkFields(await bytesOf(file), fields);
    expect(complaints).toBe('');
    expect(rows).toEqual(tsharkFields(PING, fields).rows.slice(1, 13));
  });

  it.skipIf(!LAB_PRESENT || !haveTshark)(`keeps interfaces and comments, as ${TSHARK} reads them${LAB_NOTE}`, async () => {
    const merged = labFile('pcapng', 'merged.pcapng');
    const { file, format } = await (await opened(merged, 'vxlan')).captureFile({}, CONTEXT);
    const fields = ['frame.time_epoch', 'frame.len', 'frame.interface_name', 'frame.comment'];
    expect(format).toBe('pcapng');
    const { rows, complaints } = tsharkFields(await bytesOf(file), fields);
    expect(complaints).toBe('');
    const vxlan = tsharkFields(merged, [...fields, 'vxlan.vni']).rows.filter((row) => row.at(-1) !== '' && row.length > fields.length);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows).toEqual(vxlan.map((row) => row.slice(0, -1)));
  });
});
