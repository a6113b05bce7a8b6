import type { Flow } from '../flow/flow.ts';
import { numberPasses, numberWords, readNumberTest } from '../parse/number-test.ts';
import { RuleError } from '../rule-error.ts';
import type { Keyword } from './keyword.ts';
import { numberKeyword } from './number-keyword.ts';

type Way = 'toserver' | 'toclient';
interface Count { readonly unit: 'pkts' | 'bytes'; readonly words: string; readonly of: (flow: Flow, way: Way) => number }

const MOST = Number.MAX_SAFE_INTEGER;
const COUNTS: readonly Count[] = [
  { unit: 'pkts', words: 'packets', of: (flow, way) => (way === 'toserver' ? flow.packetsToServer : flow.packetsToClient) },
  { unit: 'bytes', words: 'bytes', of: (flow, way) => (way === 'toserver' ? flow.bytesToServer : flow.bytesToClient) },
];

/** flow.pkts and flow.bytes with the direction as a word before the number. */
const directed = ({ unit, words, of }: Count): Keyword => ({
  names: [`flow.${unit}`], summary: `The number of ${words} of the flow in one direction compares.`, form: `flow.${unit}:toserver|toclient|either,[!|<|>|<=|>=]N;`, value: 'required',
  read(option, rule) {
    const value = (option.value ?? '').replace(/^"(.*)"$/, '$1').trim();
    const [, way = '', number = ''] = /^(toserver|toclient|either)\s*,\s*(.+)$/.exec(value) ?? [];
    if (way === '') throw new RuleError(`“${value}” is no form of flow.${unit}`, option.valueAt, Math.max(1, value.length), `Write flow.${unit}:toserver,>10;, or toclient, or either.`);
    const test = readNumberTest(number, { keyword: option.name, at: option.valueAt, max: MOST });
    const ways: readonly Way[] = way === 'either' ? ['toserver', 'toclient'] : way === 'toserver' ? ['toserver'] : ['toclient'];
    rule.usesFlow = true;
    rule.conditions.push({
      keyword: `flow.${unit}`, source: option.source, wanted: `the ${words} of the flow ${way === 'either' ? 'in either direction' : way === 'toserver' ? 'to the server' : 'to the client'}: their number ${numberWords(test)}`,
      test: ({ flow }) => flow !== null && ways.some((one) => numberPasses(test, of(flow, one))),
      see: ({ flow }) => ({ text: flow === null ? 'no flow' : `${of(flow, 'toserver')} to the server, ${of(flow, 'toclient')} to the client`, from: 0, to: 0 }),
    });
  },
});

const fixed = ({ unit, words, of }: Count, way: Way): Keyword => numberKeyword({
  names: [`flow.${unit}_${way}`], summary: `The number of ${words} of the flow ${way === 'toserver' ? 'to the server' : 'to the client'} compares.`, label: `the number of ${words} ${way === 'toserver' ? 'to the server' : 'to the client'}`,
  max: MOST, width: 0, ofFlow: true, value: ({ flow }) => (flow === null ? -1 : of(flow, way)), place: () => 0,
});

export const flowCounts: readonly Keyword[] = COUNTS.flatMap((count) => [directed(count), fixed(count, 'toserver'), fixed(count, 'toclient')]);
