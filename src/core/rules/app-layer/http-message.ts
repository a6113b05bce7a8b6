import { latin1 } from '../../bytes/latin1.ts';
import { Collected } from './collected.ts';

// The framing of HTTP/1 messages (RFC 9112 sections 2.2, 6 and 7), the same for requests and responses: lines, fields, and a body by length, in chunks or until the end.

/** How the body that follows the fields is framed. `upgraded` stops reading this direction for good. */
export type Framing = { readonly kind: 'none' | 'chunked' | 'until end' | 'upgraded' | 'again' } | { readonly kind: 'length'; readonly length: number };

/** What a direction makes of its messages. */
export interface Message {
  /** The first line; answers what follows. A line that is none becomes a `body`; `nothing more` ends the reading after it. */
  firstLine(text: string): 'fields' | 'body' | 'nothing more';
  /** A line of the fields without its end, and as it was sent; '' ends them. */
  field(text: string, raw: Uint8Array): void;
  /** The fields are whole. */
  fields(): Framing;
  data(bytes: Uint8Array, from: number, to: number): void;
  done(): void;
  note(event: 'field_too_long' | 'chunk_len' | 'chunk_extension'): void;
}

/** libhtp's bounds on a line: told beyond the first, given up beyond the second (field limits of app-layer-htp.h). */
const LONG_LINE = 9000;
const MAX_LINE = 18_000;
const MAX_CHUNK = 0x7fff_ffff;
const LF = 0x0a;

type State = 'line' | 'fields' | 'length' | 'chunk size' | 'chunk' | 'chunk end' | 'trailers' | 'until end' | 'stopped';

export class MessageReader {
  readonly #message: Message;
  readonly #line = new Collected(MAX_LINE);
  #state: State = 'line';
  #left = 0;
  #long = false;

  constructor(message: Message) { this.#message = message; }

  get isStopped(): boolean { return this.#state === 'stopped'; }
  stop(): void { this.#state = 'stopped'; this.#line.clear(); }

  feed(bytes: Uint8Array, from: number, to: number): void {
    for (let at = from; at < to && this.#state !== 'stopped';) at = this.#step(bytes, at, to);
  }

  /** Bytes that nobody saw: a body by length goes on after them; anything else cannot be followed any more. */
  gap(size: number): void {
    if (this.#state === 'until end') return;
    if ((this.#state === 'length' || this.#state === 'chunk') && size <= this.#left) { this.#left -= size; if (this.#left === 0) this.#counted(); return; }
    this.stop();
  }

  end(): void {
    if (this.#state === 'line' && this.#line.length > 0) { // a line that was cut off is looked at all the same
      const raw = this.#line.bytes.slice();
      this.#line.clear();
      this.#whole(raw);
    }
    if (this.#state === 'until end' || this.#state === 'length' || this.#state === 'chunk') this.#finish();
    this.stop();
  }

  #step(bytes: Uint8Array, at: number, to: number): number {
    if (this.#state === 'until end') { this.#message.data(bytes, at, to); return to; }
    if (this.#state !== 'length' && this.#state !== 'chunk') return this.#take(bytes, at, to);
    const end = Math.min(to, at + this.#left);
    this.#message.data(bytes, at, end);
    this.#left -= end - at;
    if (this.#left === 0) this.#counted();
    return end;
  }

  #counted(): void { if (this.#state === 'length') this.#finish(); else this.#state = 'chunk end'; }

  #finish(): void {
    this.#state = 'line';
    this.#message.done();
  }

  /** Takes bytes up to the end of the line. */
  #take(bytes: Uint8Array, at: number, to: number): number {
    const found = bytes.indexOf(LF, at);
    const end = found < 0 || found >= to ? to : found + 1;
    this.#line.add(bytes, at, end);
    if (this.#line.total > LONG_LINE && !this.#long) { this.#long = true; this.#message.note('field_too_long'); }
    if (this.#line.total > MAX_LINE) { this.stop(); return end; }
    if (found >= 0 && found < to) {
      const raw = this.#line.bytes.slice();
      this.#line.clear();
      this.#whole(raw);
    }
    return end;
  }

  #whole(raw: Uint8Array): void {
    const text = latin1(raw).replace(/\r?\n$/, '');
    switch (this.#state) {
      case 'line': if (text.trim() !== '') this.#first(text, raw); return;
      case 'fields': this.#message.field(text, raw); if (text === '') this.#framed(this.#message.fields()); return;
      case 'chunk size': this.#chunk(text); return;
      case 'chunk end': this.#state = 'chunk size'; return;
      case 'trailers': if (text === '') this.#finish(); return;
      default:
    }
  }

  #first(text: string, raw: Uint8Array): void {
    this.#long = false;
    const next = this.#message.firstLine(text);
    if (next === 'fields') { this.#state = 'fields'; return; }
    if (next === 'body') { this.#state = 'until end'; this.#message.data(raw, 0, raw.length); return; }
    this.#finish();
    this.stop();
  }

  #framed(framing: Framing): void {
    switch (framing.kind) {
      case 'chunked': this.#state = 'chunk size'; return;
      case 'until end': this.#state = 'until end'; return;
      case 'length': this.#left = framing.length; this.#state = 'length'; if (framing.length === 0) this.#finish(); return;
      case 'none': this.#finish(); return;
      case 'again': this.#state = 'line'; return;
      case 'upgraded': this.#finish(); this.stop();
    }
  }

  #chunk(text: string): void {
    const [, digits = '', rest = ''] = /^\s*([0-9a-fA-F]*)\s*(.*)$/s.exec(text) ?? [];
    const size = digits.length > 0 && digits.length <= 16 ? Number.parseInt(digits, 16) : Number.NaN;
    if (!(size <= MAX_CHUNK)) { this.#message.note('chunk_len'); this.stop(); return; }
    if (rest.startsWith(';')) this.#message.note('chunk_extension');
    this.#left = size;
    this.#state = size === 0 ? 'trailers' : 'chunk';
  }
}
