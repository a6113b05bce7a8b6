// Tables as comma-separated values (RFC 4180), safe to open in a spreadsheet.

/** A cell that a spreadsheet would take for a formula. What a packet says must stay text: a name in it may have been chosen by an attacker. */
const FORMULA = /^\s*[=+\-@\t\r]/;
const NUMBER = /^[+-]?\d[\d.]*(e[+-]?\d+)?$/i;

/** One cell. What would be a formula gets an apostrophe before it, as spreadsheets themselves mark text. */
export function csvCell(text: string): string {
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One line with its end. */
export const csvLine = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`;
