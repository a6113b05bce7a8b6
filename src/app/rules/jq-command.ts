// A line as it is typed in a terminal, as jq's program and options: with or without "jq" before it, quotes around the program, and a file's name behind.

export interface JqCommand { readonly program: string; readonly options: readonly string[] }

/** Options that make sense where lines go in and come out; each letter is one. */
const LETTERS = 'crsSjan';
const LONG: ReadonlySet<string> = new Set(['--compact-output', '--raw-output', '--slurp', '--sort-keys', '--join-output', '--ascii-output', '--null-input', '--tab']);

/** The next word of a shell's line: in single or double quotes, or up to a blank. */
const WORD = /^\s*(?:'([^']*)'|"((?:[^"\\]|\\.)*)"|(\S+))/s;

/** Lines come out compact, one a result, as they are in eve.json, unless the line is a whole command that says otherwise. */
export function jqCommand(line: string): JqCommand | string {
  const rest = line.trim();
  if (!/^jq\s/.test(rest) && !/^-/.test(rest)) return { program: rest, options: ['-c'] };
  let left = rest.replace(/^jq\s+/, '');
  const options: string[] = [];
  for (;;) {
    const found = WORD.exec(left);
    if (!found) return 'The program is missing: write what jq shall do, as select(.event_type=="alert").';
    const [whole, single, double, bare] = found;
    left = left.slice(whole.length);
    if (bare === undefined || !bare.startsWith('-')) return { program: single ?? double?.replace(/\\(["\\$`])/g, '$1') ?? bare ?? '', options: options.includes('--tab') ? options : ['-c', ...options] };
    if (LONG.has(bare)) options.push(bare);
    else if (/^-\w+$/.test(bare) && [...bare.slice(1)].every((letter) => LETTERS.includes(letter))) options.push(bare);
    else return `jq’s option ${bare} is not taken here. Options are ${[...LETTERS].map((letter) => `-${letter}`).join(' ')}.`;
  }
}
