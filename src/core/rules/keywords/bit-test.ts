// How flags and fragbits compare bits: exactly these, or with + these and any others, * any of these, ! not all of these (detect-tcp-flags.c, detect-fragbits.c).

export type BitModifier = '' | '+' | '*' | '!';

/** The modifier may stand before or after the letters. */
export function readModifier(value: string): { modifier: BitModifier; rest: string } {
  const found = /^\s*([+*!]?)\s*(.*?)\s*([+*!]?)\s*$/.exec(value);
  const modifier = (found?.[1] || found?.[3] || '') as BitModifier;
  return { modifier, rest: found?.[2] ?? '' };
}

export function bitsPass(modifier: BitModifier, bits: number, wanted: number): boolean {
  switch (modifier) {
    case '': return bits === wanted;
    case '+': return (bits & wanted) === wanted;
    case '*': return (bits & wanted) !== 0;
    case '!': return (bits & wanted) !== wanted;
  }
}

export function bitsWords(modifier: BitModifier, letters: string): string {
  switch (modifier) {
    case '': return `are exactly ${letters}`;
    case '+': return `have ${letters}, and maybe others`;
    case '*': return `have any of ${letters}`;
    case '!': return `have not all of ${letters}`;
  }
}
