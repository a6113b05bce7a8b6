import { describe, expect, it } from 'vitest';
import { KEYWORDS } from '../keywords/all.ts';
import { parseRules } from '../parse/parse-rules.ts';
import { ruleHelp } from './help.ts';

/** The caret stands at the | of the text. */
const at = (marked: string) => {
  const caret = marked.indexOf('|');
  return ruleHelp(marked.slice(0, caret) + marked.slice(caret + 1), caret);
};
const words = (marked: string): string[] => at(marked).words.map(({ text }) => text);

describe('help while a rule is typed', () => {
  it('offers what can stand in each part of the header', () => {
    expect(words('al|')).toContain('alert');
    expect(words('alert |')).toEqual(expect.arrayContaining(['icmp', 'tcp', 'http']));
    expect(words('alert tcp $HO|')).toEqual(expect.arrayContaining(['any', '$HOME_NET']));
    expect(words('alert tcp any |any')).toContain('$HTTP_PORTS');
    expect(words('alert tcp [10.0.0.0/8, $EX|')).toContain('$EXTERNAL_NET');
    expect(words('alert tcp any any |')).toEqual(['->', '<>', '=>']);
    expect(words('alert tcp any any -> any any |')).toEqual([]);
  });

  it('offers keywords between options, and the words of a value after its colon', () => {
    expect(words('alert icmp any any -> any any (it|')).toEqual(expect.arrayContaining(['itype', 'content', 'threshold']));
    expect(words('alert icmp any any -> any any (msg:"a; b\\; c"; |')).toContain('itype');
    expect(words('alert icmp any any -> any any (classtype:tro|')).toContain('trojan-activity');
    expect(words('alert tcp any any -> any any (flow:to_server,est|')).toContain('established');
    expect(words('alert tcp any any -> any any (byte_test:4,>,100,0,rel|')).toEqual(expect.arrayContaining(['relative', 'little']));
    expect(words('alert tcp any any -> any any (msg:"|')).toEqual([]);
  });

  it('offers VXLens’s own keywords where they are switched on, and marks them', () => {
    const text = 'alert icmp any any -> any any (vx';
    expect(ruleHelp(text, text.length).words.map((each) => each.text)).not.toContain('vxlan.vni');
    expect(ruleHelp(text, text.length, { ours: true }).words.filter((each) => /VXLens’s own/.test(each.detail)).map((each) => each.text)).toEqual(['geneve.vni', 'tunnel.depth', 'vxlan.vni']);
    expect(ruleHelp(`${text}lan.vni:`, 35).help?.note).toContain('Switch “VNI keywords” on');
    expect(ruleHelp(`${text}lan.vni:`, 35, { ours: true }).help?.note).toBe('');
  });

  it('replaces the word that the caret is in', () => {
    expect(at('alert icmp any any -> any any (ity|pe:8;)')).toMatchObject({ from: 31, to: 36 });
    expect(at('alert tcp any any -> any any (flow:to_server,est|;)')).toMatchObject({ from: 45, to: 48 });
    expect(at('alert tcp [!$HO|, 10.0.0.1]')).toMatchObject({ from: 12, to: 15 });
    expect(at('alert \\\n  tcp any any -> any any \\\n  (ttl|')).toMatchObject({ from: 38, to: 41 });
  });

  it('tells what the caret is in', () => {
    expect(at('alert icmp any any -> any any (itype:8|;)').help).toMatchObject({ name: 'itype', summary: 'The ICMP or ICMPv6 type compares.' });
    expect(at('alert tcp any any -> any any (flags:S|;)').help).toMatchObject({ name: 'tcp.flags', note: 'flags is an older name of it.' });
    expect(at('alert tcp any any -> any any (lua:x|;)').help?.note).toMatch(/^It is not evaluated here, because /);
    expect(at('alert tcp $HOME_NET| any').help).toMatchObject({ name: '$HOME_NET', form: '[192.168.0.0/16,10.0.0.0/8,172.16.0.0/12]' });
    expect(at('alert tcp any any -> any any (nonsense:x|;)').help).toBeNull();
  });

  it('has a sentence and a form for every keyword, and each word that it offers can be read', () => {
    for (const { names, summary, form, value, words: known } of KEYWORDS) {
      expect(summary, names[0]).toMatch(/^[A-Z0-9].*\.$/);
      expect(form.startsWith(names[0]), `${names[0]}: ${form}`).toBe(true);
      for (const { text } of known ?? []) {
        const end = text.endsWith(',') ? 'x' : '';
        const { faults } = parseRules(`alert tcp any any -> any any (${names[0]}:${text}${end}; content:"a"; sid:1;)`);
        expect(faults.map(({ what }) => what), `${names[0]}:${text}`).toEqual([]);
      }
      expect(value === 'none' ? !form.includes(':') : true, form).toBe(true);
    }
  });
});
