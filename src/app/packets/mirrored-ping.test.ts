// Packet 3 of the appliance's capture, through the worker's own code, in every panel. The values are tshark's.

import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { captureHandlers } from '../../worker/handlers.ts';
import type { Calls, PacketDetail, Row } from '../../worker/protocol.ts';
import { Session } from '../../worker/session.ts';
import { diagramRows } from './diagram/diagram-model.ts';
import { filterOf } from './filter-text.ts';
import { hexWindow, marked } from './hex/hex-model.ts';
import { columnOfPlace, placeOfCell } from './list/cell-place.ts';
import { cellText } from '../../core/format/packet-row.ts';
import { COLUMNS, tsv } from './list/columns.ts';
import { bytesOf, keyOf, placeAtByte, placeOf, placeText, rangeOf, type Place } from './locate.ts';
import { envelopeText } from './status.ts';
import { foldsAbove, isOpen, stacks } from './trees/tree-model.ts';

async function open(name: string): Promise<{ packet: (number: number) => Promise<PacketDetail>; rows: readonly Row[] }> {
  const handlers = captureHandlers(new Session());
  const context = { signal: new AbortController().signal, progress: () => {}, move: () => {} };
  const ask = <C extends 'packet' | 'rows'>(call: C, request: Calls[C]['request']): Promise<Calls[C]['reply']> => handlers[call](request, context);
  await handlers.open({ file: new Blob([readFileSync(`public/samples/mirrored-ping/${name}`)]), name }, context);
  await handlers.view({ filter: '', sort: null }, context);
  return { packet: (number) => ask('packet', { number }), rows: (await ask('rows', { from: 0, count: 100 })).rows };
}

let detail: PacketDetail;
let arp: PacketDetail;
let rows: readonly Row[];
const vni = { level: 0, field: 'vxlan.vni' };
beforeAll(async () => {
  const capture = await open('appliance-eth0.pcap');
  [detail, arp, rows] = [await capture.packet(3), await capture.packet(1), capture.rows];
});
const at = (level: number, field: string): Place => placeOf(detail, { level, field })!;

describe('the selection', () => {
  it('finds a field by level and name, and says where it is', () => {
    expect(placeText(detail, at(0, 'vxlan.vni'))).toBe('bytes 46–48 · vxlan.vni · VXLAN Network Identifier (VNI)');
    expect(placeText(detail, at(1, 'ip.ttl'))).toBe('byte 72 · ip.ttl · Time to Live');
    expect(placeText(detail, at(0, 'ip'))).toBe('bytes 14–33 · ip · Internet Protocol Version 4');
    expect(placeText(detail, at(0, 'ip.hdr_len'))).toBe('byte 14, bits 4–7 · ip.hdr_len · Header Length');
  });
  it('tells the outer address from the inner one', () => {
    expect([detail.fields[at(0, 'ip.src').field]!.value, detail.fields[at(1, 'ip.src').field]!.value]).toEqual(['172.31.9.144', '142.251.42.79']);
  });
  it('names every place so that it is found again', () => {
    for (const [field, { layer }] of detail.fields.entries()) expect(placeOf(detail, keyOf(detail, { layer, field }))).toEqual({ layer, field });
    for (const layer of detail.layers.keys()) expect(placeOf(detail, keyOf(detail, { layer, field: -1 }))).toEqual({ layer, field: -1 });
  });
  it('is nowhere in a packet without that field', () => {
    expect(placeOf(arp, vni)).toBeNull();
    expect(placeOf(detail, { level: 7, field: 'ip' })).toBeNull();
    expect(placeOf(detail, { level: 0, field: 'vxlan.vni~2' })).toBeNull();
  });
});

describe('the list', () => {
  it('has the columns of the contract, all but Info sorting', () => {
    expect(COLUMNS.map(({ title }) => title)).toEqual(['No.', 'Time', 'Source', 'Destination', 'Protocol', 'Length', 'VNI', 'Inner source', 'Inner destination', 'Inner protocol', 'Info', 'Alerts']);
    expect(COLUMNS.filter(({ sorts }) => sorts === null).map(({ id }) => id)).toEqual(['info']);
  });
  it('shows packet 3 as tshark does', () => {
    expect(COLUMNS.map(({ id }) => cellText(rows[2]!, id))).toEqual(['3', '0.000915', '172.31.9.144', '172.31.4.131', 'VXLAN', '148', '333', '142.251.42.79', '172.31.9.144', 'ICMP',
      'Echo (ping) reply    id=0x6cef, seq=1/256, ttl=64 (request in 2)', '']);
  });
  it('knows the field behind each cell, and the cell of each field', () => {
    const place = (id: (typeof COLUMNS)[number]['id']) => { const found = placeOfCell(detail, rows[2]!, id); return found && keyOf(detail, found); };
    expect(place('vni')).toEqual(vni);
    expect(place('source')).toEqual({ level: 0, field: 'ip.src' });
    expect(place('innerSource')).toEqual({ level: 1, field: 'ip.src' });
    expect(place('protocol')).toEqual({ level: 0, field: 'vxlan' });
    expect(place('innerProtocol')).toEqual({ level: 1, field: 'icmp' });
    expect(place('time')).toBeNull();
    expect(columnOfPlace(detail, rows[2]!, at(1, 'ip.dst'))).toBe('innerDestination');
    expect(placeOfCell(arp, rows[0]!, 'source')).toEqual(placeOf(arp, { level: 0, field: 'eth.src' }));
  });
  it('copies rows as lines of cells', () => {
    expect(tsv(rows.slice(2, 3), ['number', 'source', 'vni'])).toBe('3\t172.31.9.144\t333');
    expect(tsv(rows.slice(1, 3), ['number', 'vni'])).toBe('No.\tVNI\n2\t333\n3\t333');
  });
});

describe('the trees', () => {
  const heights = (level: number): Map<string, number> => {
    let height = 0;
    return new Map(stacks(detail, new Map(), 50)[level]!.rows.map((row) => [`${row.depth}${row.label}`, (height += row.gap + 1)]));
  };
  it('stand opposite: IPv4 and its fields at the same height on both sides', () => {
    const [outer, inner] = [heights(0), heights(1)];
    for (const row of ['1Ethernet', '1IPv4', '2Time to Live', '2Destination Address']) expect(outer.get(row), row).toBe(inner.get(row));
  });
  it('stay opposite when one side is folded', () => {
    const [outer, inner] = stacks(detail, new Map([['1:ip', false]]), 50);
    const height = (rows: typeof outer, label: string): number => { let sum = 0; for (const row of rows!.rows) { sum += row.gap + 1; if (row.label === label) break; } return sum; };
    expect(height(inner, 'ICMP')).toBe(height(outer, 'UDP'));
  });
  it('make room for a note, on both sides', () => {
    const noted = { ...detail, layers: detail.layers.map((layer) => (layer.level === 0 && layer.protocol === 'ip' ? { ...layer, note: 'x'.repeat(120) } : layer)) };
    const [outer, inner] = stacks(noted, new Map(), 50);
    const top = (rows: typeof outer, label: string): number => { let sum = 0; for (const row of rows!.rows) { sum += row.gap; if (row.label === label) return sum; sum += 1 + row.lines; } return -1; };
    expect(outer!.rows.find(({ label }) => label === 'IPv4')!.lines).toBe(3);
    for (const label of ['IPv4', 'Version', 'Destination Address']) expect(top(inner, label), label).toBe(top(outer, label));
    expect(top(outer, 'Version') - top(outer, 'IPv4')).toBe(4);
  });
  it('name rows by label and value', () => {
    const row = stacks(detail, new Map(), 50)[0]!.rows.find(({ title }) => title.endsWith('\nvxlan.vni'))!;
    expect([row.label, row.text, row.bytes]).toEqual(['VXLAN Network Identifier (VNI)', '333', '46–48']);
  });
  it('count each row among its siblings', () => {
    for (const { rows: all } of stacks(detail, new Map(), 50)) for (const row of all) expect(row.position >= 1 && row.position <= row.siblings).toBe(true);
  });
  it('open what hides a selected field, at first only layers that say more than their summary', () => {
    const flag = detail.fields.findIndex(({ name }) => name === 'ip.flags.df');
    const above = foldsAbove(detail, { layer: detail.fields[flag]!.layer, field: flag });
    expect(above).toEqual(['0:ip', '0:ip.flags']);
    expect(above.map((fold) => isOpen(new Map(), fold))).toEqual([true, false]);
    expect(isOpen(new Map(), '0:udp')).toBe(false);
  });
});

describe('the bytes', () => {
  it('belong to the layers’ hues', () => {
    const all = hexWindow(detail, detail.sources[0]!, 0, 99).flatMap((row) => row.bytes);
    expect(all).toHaveLength(148);
    expect([0, 13, 14, 41, 42, 49, 50, 147].map((i) => all[i]!.hue)).toEqual(['outer', 'outer', 'outer', 'outer', 'envelope', 'envelope', 'inner', 'inner']);
    expect([0, 14, 34].map((i) => all[i]!.second), 'neighbours of a hue differ').toEqual([false, true, false]);
    expect([all[46]!.hex, all[47]!.hex, all[48]!.hex, all[48]!.char]).toEqual(['00', '01', '4d', 'M']);
  });
  it('lead to their fields and back', () => {
    expect(keyOf(detail, placeAtByte(detail, 47)!)).toEqual(vni);
    expect(marked(detail, at(0, 'vxlan.vni'))).toEqual({ from: 46, to: 49 });
    for (const [field, { layer, bitLength, bitOffset }] of detail.fields.entries()) {
      if (bitLength < 8 || bitOffset % 8 !== 0) continue;
      const { from, to } = bytesOf(rangeOf(detail, { layer, field }));
      const found = placeAtByte(detail, from)!;
      expect(bytesOf(rangeOf(detail, found)).to, detail.fields[field]!.name).toBeLessThanOrEqual(to);
    }
  });
  it('of all layers together are the whole packet', () => {
    expect(envelopeText(detail)).toBe('envelope 50 bytes: 14 + 20 + 8 + 8');
    expect(envelopeText(arp)).toBe('');
  });
});

describe('the header diagram', () => {
  it('draws VXLAN as RFC 7348 does: two rows of 32 bits', () => {
    const drawn = diagramRows(detail, at(0, 'vxlan').layer);
    expect(drawn.map((row) => row.reduce((sum, { width }) => sum + width, 0))).toEqual([32, 32]);
    const cell = drawn[1]![0]!;
    expect([cell.label, cell.text, cell.hex, cell.column, cell.width]).toEqual(['VXLAN Network Identifier (VNI)', '333', '0x00014d', 0, 24]);
    expect(drawn[0]!.find(({ bits }) => bits === '1')?.column, 'the I flag').toBe(4);
  });
  it('goes on with the fields that the kind of message has: an echo (RFC 792), an ARP of IPv4 over Ethernet (RFC 826)', () => {
    const labels = (of: PacketDetail, layer: number): string[] => diagramRows(of, layer).map((row) => row.map(({ label, width, continued }) => `${continued ? '…' : label} ${width}`).join(', '));
    expect(labels(detail, at(1, 'icmp').layer)).toEqual(['Type 8, Code 8, Checksum 16', 'Identifier (BE) 16, Sequence Number (BE) 16']);
    expect(labels(arp, 1).slice(2)).toEqual(['Sender MAC address 32', '… 16, Sender IP address 16', '… 16, Target MAC address 16', '… 32', 'Target IP address 32']);
  });
  it('cuts cells where a row ends, and draws no bit twice', () => {
    for (const layer of detail.layers.keys()) {
      for (const row of diagramRows(detail, layer)) {
        let next = 0;
        for (const { column, width } of row) { expect(column).toBe(next); next += width; }
        expect(next).toBeLessThanOrEqual(32);
      }
    }
    const ethernet = diagramRows(detail, 0);
    expect(ethernet.map((row) => row.map(({ label, width, continued }) => `${continued ? '…' : label} ${width}`))).toEqual([['Destination 32'], ['… 16', 'Source 16'], ['… 32'], ['Type 16']]);
  });
});

describe('a filter from a field', () => {
  it('says what Wireshark would', () => {
    const filter = (level: number, field: string): string => filterOf(detail, at(level, field));
    expect(filter(0, 'vxlan.vni')).toBe('vxlan.vni == 333');
    expect(filter(0, 'ip.src')).toBe('ip.src == 172.31.9.144');
    expect(filter(0, 'eth.dst')).toBe('eth.dst == 0a:36:d2:fc:94:2e');
    expect(filter(0, 'ip.checksum')).toBe('ip.checksum == 0xeb2f');
    expect(filter(1, 'icmp')).toBe('icmp');
    expect(filter(1, 'data.data')).toMatch(/^data\.data == 65:16:05:6b:/);
  });
});
