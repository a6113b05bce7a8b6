import { describe, expect, it } from 'vitest';
import { csvCell, csvLine } from './csv.ts';

describe('a line of a table', () => {
  it('is quoted as RFC 4180 says', () => {
    expect(csvLine(['1', 'a,b', 'say "no"', 'two\nlines', ''])).toBe('1,"a,b","say ""no""","two\nlines",\r\n');
  });

  it.each(['=1+1', '+cmd', '-2+3', '@SUM(A1)', '\t=1', ' =1', '\r=1'])('stays text in a spreadsheet: %j', (text) => {
    expect(csvCell(text).replace(/^"/, '')[0]).toBe("'");
  });

  it.each(['-0.125', '+3', '12', '1e-7', '0.5'])('leaves a number alone: %s', (text) => { expect(csvCell(text)).toBe(text); });
});
