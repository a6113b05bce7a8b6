// A teacher's file: what it says, and where it is wrong.

import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { lessonsOf } from './lessons.ts';
import { readStep } from './read-step.ts';

const faultsOf = (text: string): string[] => { const read = readStep('a.md', text); return 'faults' in read ? read.faults.map(({ line, what }) => `${line}: ${what}`) : []; };

test('a step is its head and its text', () => {
  const read = readStep('flags.md', '---\ntitle: Flags\nsample: mirrored-ping\nview: packets\ndecoding: off\ndone:\n  packet: 3\n  field: [vxlan.vni, vxlan.flags]\n---\n\nThe flag **I**.\n');
  expect(read).toEqual({ step: {
    id: 'flags', title: 'Flags', start: { sample: 'mirrored-ping', view: 'packets', decoding: false }, text: 'The flag **I**.',
    done: [{ kind: 'packet', value: 3 }, { kind: 'field', value: ['vxlan.vni', 'vxlan.flags'] }],
  } });
});

test('an answer may be a number, or one of several', () => {
  const done = (line: string): unknown => { const read = readStep('a.md', `---\ntitle: A\ndone:\n  ${line}\n---\n`); return 'step' in read ? read.step.done : read.faults.map(({ what }) => what); };
  expect(done('answer: 8472')).toEqual([{ kind: 'answer', value: ['8472'] }]);
  expect(done('answer: [3, three]')).toEqual([{ kind: 'answer', value: ['3', 'three'] }]);
  expect(done('answer: []')).toEqual(['"answer" has to be the answer, or a list of those that count']);
  expect(done('answer: [3, ""]')).toEqual(['"answer" has to be the answer, or a list of those that count']);
});

test('what is wrong is told with its line', () => {
  expect(faultsOf('Hello')).toEqual([expect.stringMatching(/^1: it does not begin with its head/)]);
  expect(faultsOf('---\ntitle: A\nveiw: packets\n---\n')).toEqual([expect.stringMatching(/^3: "veiw" is not known; there are title, done, sample, view/)]);
  expect(faultsOf('---\ntitle: A\nview: hex\npacket: third\n---\n')).toEqual(['3: "view" has to be one of packets, compare, rules, bench, arithmetic', '4: "packet" has to be a number']);
  expect(faultsOf('---\ntitle: A\ndone:\n  packet: 3\n  dance: 4\n---\n')).toEqual([expect.stringMatching(/^5: "dance" is nothing that can be done; there are capture, packet/)]);
  expect(faultsOf('---\ntitle: A\ndone:\n  hits: 12\n---\n')).toEqual(['4: "hits" has to be { sid, capture, level: outer or inner, count }']);
  expect(faultsOf('---\nsample: x\n---\n')).toEqual(['2: a "title" is missing']);
  expect(faultsOf('---\ntitle: "A\nsample: x\n---\n')[0]).toMatch(/^[234]: /);
  expect(faultsOf(`---\ntitle: A\n---\n${'x'.repeat(300_000)}`)).toEqual([expect.stringMatching(/^1: it is longer/)]);
});

test('a list of lessons leaves out what is none, and what points out of its folder', () => {
  expect(lessonsOf([{ title: 'A', steps: ['a.md', '../b.md', 7, 'c.txt'] }, { steps: [] }, null])).toEqual([{ title: 'A', line: '', steps: ['a.md'] }]);
  expect(lessonsOf({})).toEqual([]);
});

test('every lesson of the build is sound, and each file belongs to one', () => {
  const folder = new URL('../../../public/lessons/', import.meta.url);
  const lessons = lessonsOf(JSON.parse(readFileSync(new URL('index.json', folder), 'utf8')));
  const files = lessons.flatMap(({ steps }) => steps);
  for (const file of files) expect(readStep(file, readFileSync(new URL(file, folder), 'utf8'))).toHaveProperty('step');
  expect(readdirSync(folder).filter((name) => name.endsWith('.md') && name !== 'README.md').sort()).toEqual([...files].sort());
});
