import { describe, expect, it } from 'vitest';
import { complete } from './complete.ts';

/** The texts offered at the bar; it is not part of the text. */
const offered = (marked: string): string[] => complete(marked.replace('|', ''), marked.indexOf('|')).map((c) => c.text);

describe('completion', () => {
  it('offers names by how they start, then by a part of them', () => {
    expect(offered('vxl|').slice(0, 2)).toEqual(['vxlan', 'vxlan.flags']);
    expect(offered('vni|')[0]).toBe('vxlan.vni');
    expect(offered('icmp && ip.tt|')[0]).toBe('ip.ttl');
    expect(offered('!(ar|')[0]).toBe('arp');
    expect(offered('len(eth.s|')[0]).toBe('eth.src');
  });

  it('replaces the whole word under the caret and says what it means', () => {
    expect(complete('icmp && vxlan.vn == 333', 16)[0]).toEqual({ text: 'vxlan.vni', detail: 'VXLAN Network Identifier (VNI)', type: 'number', from: 8, to: 16 });
  });

  it('offers something before anything is typed', () => {
    expect(offered('|')[0]).toBe('vxlan.vni');
    expect(offered('icmp && |')).toContain('ip.addr');
  });

  it('offers operators behind a field, those that fit its type', () => {
    expect(offered('vxlan.vni |')).toEqual(expect.arrayContaining(['==', '!=', 'in', '&&', '||']));
    expect(offered('vxlan.vni |')).not.toContain('contains');
    expect(offered('frame |')).toContain('contains');
    expect(offered('vxlan.vni == 333 |')).not.toContain('==');
    expect(offered('vxlan.vni == 333 |')).toContain('&&');
  });

  it('says what each is: the type of a field, a protocol, a function, an operator, a value', () => {
    const type = (marked: string, text: string): string | undefined => complete(marked.replace('|', ''), marked.indexOf('|')).find((c) => c.text === text)?.type;
    expect([type('ip.s|', 'ip.src'), type('tcp.flags.sy|', 'tcp.flags.syn'), type('frame.time_re|', 'frame.time_relative'), type('dns.qry.na|', 'dns.qry.name')]).toEqual(['IPv4 address', 'flag', 'seconds', 'text']);
    expect([type('icm|', 'icmp'), type('coun|', 'count('), type('vxlan.vni |', '=='), type('vxlan.flag_i == |', '1')]).toEqual(['protocol', 'function', 'operator', 'value']);
  });

  it('offers the values that a field has words for', () => {
    expect(complete('icmp.type == ', 13)).toContainEqual({ text: '8', detail: 'Echo (ping) request', type: 'value', from: 13, to: 13 });
    expect(offered('icmp.type == repl|')).toContain('0');
    expect(offered('icmp.type == "Echo|')).toContain('"Echo (ping) request"');
    expect(offered('arp.opcode in {1, rep|')).toContain('2');
    expect(offered('vxlan.flag_i == |')).toEqual(['1', '0']);
    expect(offered('vxlan.vni == 33|')).toEqual([]);
  });

  it('never throws and never offers inside a string that is text', () => {
    const texts = ['"', "'", '[', '🦊', 'frame contains "ic', 'a'.repeat(70_000), '(((', '..', 'ip.addr#', '\\', '{', ','];
    for (const text of texts) for (const caret of [-1, 0, 1, text.length, text.length + 5]) expect(Array.isArray(complete(text, caret))).toBe(true);
    expect(offered('frame contains "ic|')).toEqual([]);
  });
});
