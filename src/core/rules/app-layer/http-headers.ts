import { latin1Bytes } from '../../bytes/latin1.ts';

// Header fields as libhtp keeps them and Suricata's buffers show them: the name as sent, the value without blanks around it, fields of one name joined by ", " at the place of the first.

export interface HeaderField { readonly name: string; value: string; repeats: number }

/** libhtp's bounds: fields of a message, and of one name, that are kept. */
export const MAX_FIELDS = 1024;
export const MAX_REPEATS = 64;
/** Characters of all fields that are kept: ours, since a thousand long ones would be much. */
const MAX_KEPT = 1 << 18;

export type HeaderEvent = 'field_missing_colon' | 'field_folding' | 'header_invalid' | 'header_repetition' | 'too_many_headers' | 'duplicate_length';

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const trim = (text: string): string => text.replace(/^[ \t]+/, '').replace(/[ \t\r\0]+$/, '');

export class Headers {
  readonly fields: HeaderField[] = [];
  readonly #byName = new Map<string, HeaderField>();
  readonly #note: (event: HeaderEvent) => void;
  #held: string | null = null;
  #kept = 0;

  constructor(note: (event: HeaderEvent) => void) { this.#note = note; }

  /** The value of a field by its name in small letters; null without one. */
  get(name: string): string | null { return this.#byName.get(name)?.value ?? null; }

  /** A line of the header without its end; a line that starts with a blank goes on with the one before (RFC 9112 section 5.2). */
  line(text: string): void {
    if (text.startsWith(' ') || text.startsWith('\t')) {
      if (this.#held === null) { this.#note('field_folding'); this.#held = text; } else this.#held += text;
      if (this.#held.length > MAX_KEPT) this.#held = this.#held.slice(0, MAX_KEPT);
      return;
    }
    this.flush();
    this.#held = text;
  }

  /** The last line is whole. */
  flush(): void {
    const held = this.#held;
    this.#held = null;
    if (held !== null) this.#field(held);
  }

  #field(text: string): void {
    const colon = text.indexOf(':');
    if (colon < 0) this.#note('field_missing_colon');
    const name = colon < 0 ? '' : text.slice(0, colon).replace(/[ \t]+$/, '');
    if (colon >= 0 && !TOKEN.test(name)) this.#note('header_invalid');
    const value = trim(colon < 0 ? text : text.slice(colon + 1));
    const key = name.toLowerCase();
    const known = this.#byName.get(key);
    if (this.#kept + name.length + value.length > MAX_KEPT) { this.#note('too_many_headers'); return; }
    if (known === undefined) {
      if (this.fields.length === MAX_FIELDS) { this.#note('too_many_headers'); return; }
      const field = { name, value, repeats: 0 };
      this.fields.push(field);
      this.#byName.set(key, field);
    } else if (key === 'content-length') {
      this.#note('duplicate_length'); // the first one counts
    } else {
      if (++known.repeats > MAX_REPEATS) { this.#note('header_repetition'); return; }
      known.value += `, ${value}`;
    }
    this.#kept += name.length + value.length;
  }

  /** http.header: "Name: value" lines, those of cookies left out. */
  normalized(cookie: string): Uint8Array | null {
    const lines = this.fields.filter(({ name }) => name.toLowerCase() !== cookie).map(({ name, value }) => `${name}: ${value}\r\n`);
    return lines.length === 0 ? null : latin1Bytes(lines.join(''));
  }

  /** http.header_names: "\r\nName\r\nName\r\n\r\n". */
  names(): Uint8Array | null {
    return this.fields.length === 0 ? null : latin1Bytes(`\r\n${this.fields.map(({ name }) => `${name}\r\n`).join('')}\r\n`);
  }

  /** http.start: the first line, the fields and an empty line. */
  start(line: string): Uint8Array { return latin1Bytes(`${line}\r\n${this.fields.map(({ name, value }) => `${name}: ${value}\r\n`).join('')}\r\n`); }
}
