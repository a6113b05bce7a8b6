import { expect, it } from 'vitest';
import { jqCommand } from './jq-command.ts';

it.each([
  ['select(.event_type=="alert")', { program: 'select(.event_type=="alert")', options: ['-c'] }],
  [' .src_ip ', { program: '.src_ip', options: ['-c'] }],
  ["jq 'select(.event_type==\"alert\")' eve.json", { program: 'select(.event_type=="alert")', options: ['-c'] }],
  ["jq -r '.src_ip'", { program: '.src_ip', options: ['-c', '-r'] }],
  ["jq -cs 'map(.src_ip) | unique' eve.json", { program: 'map(.src_ip) | unique', options: ['-c', '-cs'] }],
  ['jq "select(.alert.signature == \\"x\\")" eve.json', { program: 'select(.alert.signature == "x")', options: ['-c'] }],
  ['-r .src_ip', { program: '.src_ip', options: ['-c', '-r'] }],
  ['jq .', { program: '.', options: ['-c'] }],
])('%s', (line, command) => { expect(jqCommand(line)).toEqual(command); });

it('tells what it does not take', () => {
  expect(jqCommand('jq --slurpfile a b .')).toMatch(/^jq’s option --slurpfile is not taken here/);
  expect(jqCommand('jq -r')).toMatch(/^The program is missing/);
});
