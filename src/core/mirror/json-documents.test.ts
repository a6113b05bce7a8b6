import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonDocuments, type JsonFault } from './json-documents.ts';

const jsonFault = (text: string): JsonFault | null => { const read = jsonDocuments(text); return 'words' in read ? read : null; };
const isJson = (text: string): boolean => { try { JSON.parse(text); return true; } catch { return false; } };

describe('where a text stops being JSON', () => {
  it.each([
    ['{"a": 1,\n "b" 2}', 2, 6, '“2” stands where “:” should be'],
    ['{"a": 1,\n}', 2, 1, '“}” stands where a name in double quotes should be'],
    ['[1, 2', 1, 6, 'the text ends where “,” or “]” should be'],
    ["{'a': 1}", 1, 2, '“\'” stands where a name in double quotes or “}” should be'],
    ['tmf-1\taccept', 1, 1, '“tmf-1” stands where a value should be'],
    ['{"a": 01}', 1, 7, '“01” stands where a value should be'],
    ['{"a": True}', 1, 7, '“True” stands where a value should be'],
    ['{} 7', 1, 4, '“7” stands where nothing more should be'],
    ['{"a": "b\n"}', 1, 9, 'a text in quotes goes on beyond its line'],
    ['["\\x"]', 1, 3, 'a backslash that stands for nothing'],
    ['{"a', 1, 4, 'the text ends within quotes'],
    ['', 1, 1, 'the text ends where a value should be'],
    ['[1}', 1, 3, '“}” stands where “,” or “]” should be'],
  ])('%j', (text, line, column, words) => { expect(jsonFault(text)).toEqual({ line, column, words }); });

  it('is nowhere exactly where the engine reads it', () => {
    fc.assert(fc.property(fc.json(), fc.nat(), fc.constantFrom('', ',', '"', '}', ']', '\\', '0', ' ', 'e'), (json, place, more) => {
      const at = place % (json.length + 1);
      for (const text of [json, json.slice(0, at) + more + json.slice(at + 1), json.slice(0, at)]) {
        const read = jsonDocuments(text);
        if ('words' in read || read.length === 1) expect('words' in read).toBe(!isJson(text));
        else expect(read.map(isJson)).toEqual(read.map(() => true));
      }
    }), { numRuns: 3000 });
  });

  it('several documents, one after another', () => { expect(jsonDocuments('{"a": 1}\n{"b": [2]} [3]\n')).toEqual(['{"a": 1}\n', '{"b": [2]} ', '[3]\n']); });

  it('takes any depth and length', () => {
    expect(jsonFault('['.repeat(1e6))).toEqual({ line: 1, column: 65, words: 'more than 64 levels, one in another' });
    expect(jsonDocuments(`${'['.repeat(64)}${']'.repeat(64)}`)).toHaveLength(1);
    expect(jsonFault(`"${'a\\n'.repeat(1e6)}"`)).toBe(null);
  });
});
