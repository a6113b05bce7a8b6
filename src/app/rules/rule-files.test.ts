import { expect, it } from 'vitest';
import { nextSid } from './edit-actions.ts';
import { filesIn, inItsFile, placeInFile, withFiles } from './rule-files.ts';
import { STARTER_RULES } from './starter.ts';

const [A, B] = [{ name: 'a.rules', text: 'alert icmp any any -> any any (sid:1;)\n' }, { name: 'b.rules', text: 'alert udp any any -> any any (sid:2;)' }];

it('puts files one after the other under their names, in place of the rules that the page begins with', () => {
  const text = withFiles(STARTER_RULES, [A, B]);
  expect(text).toBe('# file: a.rules\nalert icmp any any -> any any (sid:1;)\n# file: b.rules\nalert udp any any -> any any (sid:2;)\n');
  expect(filesIn(text)).toEqual(['a.rules', 'b.rules']);
});

it('replaces a file that is loaded again, and keeps what was typed and the other files', () => {
  const typed = withFiles('alert tcp any any -> any any (sid:9;)', [A, B]);
  const again = withFiles(typed, [{ name: 'a.rules', text: '# nothing\n' }, { name: 'c.rules', text: '# c\n' }]);
  expect(again).toBe('alert tcp any any -> any any (sid:9;)\n# file: a.rules\n# nothing\n# file: b.rules\nalert udp any any -> any any (sid:2;)\n# file: c.rules\n# c\n');
  expect(withFiles(again, [])).toBe(again);
});

it('says where a line of the text stands in its file', () => {
  const text = withFiles('alert tcp any any -> any any (sid:9;)', [A, B]);
  expect([1, 2, 3, 5].map((line) => placeInFile(text, line))).toEqual([{ file: '', line: 1 }, { file: '', line: 2 }, { file: 'a.rules', line: 1 }, { file: 'b.rules', line: 1 }]);
});

it('says where the other rule is in its file', () => {
  const text = withFiles('alert tcp any any -> any any (sid:9;)', [A, B]);
  expect(inItsFile(text, 'The rule 1:1 is there already, in line 3. Give it another sid.')).toBe('The rule 1:1 is there already, at a.rules:1. Give it another sid.');
  expect(inItsFile(text, 'The rule 1:9 is there already, in line 1 of the editor. Give')).toBe('The rule 1:9 is there already, at editor:1. Give');
  expect(inItsFile(text, 'The rule 1:1 is there already, in line 3 of c.rules. Give')).toBe('The rule 1:1 is there already, in line 3 of c.rules. Give');
});

it('gives a new rule a number that no other has', () => {
  expect(nextSid('')).toBe(1_000_001);
  expect(nextSid('(sid:1000007; rev:1;) (sid: 2020202;)')).toBe(1_000_008);
});
