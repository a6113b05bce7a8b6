// Which protocols and fields a text finds. Pure: the list draws what comes out.

import type { ReferenceField, ReferencePage } from '../../worker/protocol.ts';

/** A protocol, or a field of one; `words` is what of a field's values was meant, '' otherwise. */
export interface Hit { readonly page: ReferencePage; readonly field: ReferenceField | null; readonly words: string }

export const nameOfHit = ({ page, field }: Hit): string => field?.name ?? page.name;

/** Lower is better: the name itself, its beginning, the beginning of a word, anywhere in name or title, among the values. */
const [EXACT, BEGINS, WORD, INSIDE, VALUE, NONE] = [0, 1, 2, 3, 4, 5];

/** How well one word of the query fits a name and what is said beside it, both in lower case. */
function rank(word: string, name: string, said: string): number {
  if (name === word) return EXACT;
  if (name.startsWith(word)) return BEGINS;
  if (name.split(/[._-]/).some((part) => part.startsWith(word)) || said.split(/[^\p{L}\p{N}]+/u).some((part) => part.startsWith(word))) return WORD;
  return name.includes(word) || said.includes(word) ? INSIDE : NONE;
}

/** Every page where nothing is typed; else pages and fields that have all of its words, the likeliest first. A field that several pages have is found once. */
export function search(pages: readonly ReferencePage[], typed: string): readonly Hit[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return pages.map((page) => ({ page, field: null, words: '' }));
  const found: Hit[][] = Array.from({ length: NONE }, () => []);
  const seen = new Set<string>();
  const worst = (name: string, said: string): number => Math.max(...words.map((word) => rank(word, name, said)));
  for (const page of pages) {
    found[worst(page.name.toLowerCase(), `${page.label} ${page.short} ${page.found.join(' ')}`.toLowerCase())]?.push({ page, field: null, words: '' });
  }
  for (const page of [...pages].sort((a, b) => foreign(a) - foreign(b))) {
    for (const field of page.fields) {
      if (seen.has(field.name)) continue;
      const place = worst(field.name, field.label.toLowerCase());
      const value = place < NONE ? undefined : field.values.find(([number, text]) => { const said = text.toLowerCase(); return words.every((word) => said.includes(word) || number === word) && words.some((word) => said.includes(word)); });
      if (place === NONE && !value) continue;
      seen.add(field.name);
      found[value ? VALUE : place]!.push({ page, field, words: value ? `${value[0]} ${value[1]}` : '' });
    }
  }
  return found.flat();
}

/** A page whose fields have another protocol's names (mdns has dns.*) comes after that one. */
const foreign = ({ name, fields }: ReferencePage): number => Number(fields.some((field) => !field.name.startsWith(name)));

/** The page of a name, and the field of it that is meant; undefined where there is none of the name. A name with "~2" is that of a selection. */
export function find(pages: readonly ReferencePage[], at: string): Hit | undefined {
  const name = at.replace(/~\d+$/, '').replace(/:.*$/s, '');
  const page = pages.find((each) => each.name === name);
  if (page) return { page, field: null, words: '' };
  const holders = pages.filter(({ fields }) => fields.some((field) => field.name === name));
  const holder = holders.find((each) => name.startsWith(`${each.name}.`)) ?? holders[0];
  return holder && { page: holder, field: holder.fields.find((field) => field.name === name) ?? null, words: '' };
}
