import { describe, expect, it } from 'vitest';
import { PROTOCOLS } from '../protocols/all.ts';
import { compileFilter } from './compile.ts';
import { NAMES, nameOf } from './names.ts';
import { referencePages } from './reference.ts';
import { sourcesOf } from './reference-words.ts';

const page = (name: string) => referencePages().find((each) => each.name === name)!;

describe('the reference', () => {
  it('has a page for every protocol, and every name that a filter may use is on one', () => {
    expect(new Set(referencePages().map(({ name }) => name))).toEqual(new Set(['frame', ...PROTOCOLS.map(nameOf)]));
    const listed = new Set(referencePages().flatMap(({ name, fields }) => [name, ...fields.map((field) => field.name)]));
    expect([...NAMES().keys()].filter((name) => !listed.has(name))).toEqual([]);
  });

  it('names no field twice on a page', () => {
    for (const { name, fields } of referencePages()) expect(new Set(fields.map((field) => field.name)).size, name).toBe(fields.length);
  });

  it('gives filters that can be applied, for every protocol, field and listed value', () => {
    const wrong = referencePages().flatMap(({ name, fields }) => [name, ...fields.flatMap((field) => [field.filter, ...field.values.slice(0, 3).map(([value]) => `${field.name} == ${value}`)])])
      .filter((filter) => 'error' in compileFilter(filter));
    expect(wrong).toEqual([]);
  });

  it('says of VXLAN what RFC 7348 does', () => {
    const { label, short, found, envelope, sources, fields, diagrams } = page('vxlan');
    expect([label, short, found, envelope]).toEqual(['Virtual eXtensible Local Area Network', 'VXLAN', ['UDP port 4789', 'UDP port 4790'], true]);
    expect(sources[0]).toEqual({ text: 'RFC 7348 section 5', address: 'https://www.rfc-editor.org/rfc/rfc7348#section-5' });
    expect(fields.find(({ name }) => name === 'vxlan.vni')).toMatchObject({ label: 'VXLAN Network Identifier (VNI)', type: 'Unsigned integer, 24 bits', filter: 'vxlan.vni == 1' });
    expect(diagrams.map(({ cells }) => cells.reduce((bits, cell) => bits + cell.bits, 0))).toEqual([64, 64]); // and that of VXLAN-GPE
    expect(diagrams[0]!.cells.find(({ name }) => name === 'vxlan.vni')).toMatchObject({ bitOffset: 32, bits: 24 });
  });

  it('lists values with their words, and names that stand for several fields', () => {
    expect(page('icmp').fields.find(({ name }) => name === 'icmp.type')?.values).toContainEqual(['8', 'Echo (ping) request']);
    expect(page('ip').fields.find(({ name }) => name === 'ip.addr')?.also).toEqual(['ip.src', 'ip.dst']);
    expect(page('ip').fields.find(({ name }) => name === 'ip.src')?.also).toContain('ip.addr');
    expect(page('ip').fields.find(({ name }) => name === 'ip.frag_offset')).toMatchObject({ values: { length: 300 }, moreValues: 7891 });
  });
});

it.each([
  ['RFC 791 section 3.1; RFC 2474', ['https://www.rfc-editor.org/rfc/rfc791#section-3.1', 'https://www.rfc-editor.org/rfc/rfc2474']],
  ['RFC 1112 appendix I', ['https://www.rfc-editor.org/rfc/rfc1112#appendix-I']],
  ['RFC 8200 sections 4.3, 4.6', ['https://www.rfc-editor.org/rfc/rfc8200#section-4.3']],
  ['draft-foschiano-erspan-03 section 4', ['https://datatracker.ietf.org/doc/html/draft-foschiano-erspan-03#section-4']],
  ['tcpdump.org/linktypes.html, LINKTYPE_RAW', ['https://www.tcpdump.org/linktypes.html']],
  ['IEEE 802.1Q section 9.6', ['']], ['', []],
])('finds where to read %s', (reference, addresses) => { expect(sourcesOf(reference).map(({ address }) => address)).toEqual(addresses); });
