import { u16, u8 } from '../../bytes/read.ts';
import { uint } from '../../dissect/field.ts';
import type { Memory, Recall, Sight } from '../../dissect/recall.ts';
import { Conversations, Kept } from './conversations.ts';

const [HANDSHAKE, SERVER_HELLO, APPLICATION_DATA] = [22, 2, 23];
const [RECORD, MESSAGE] = [5, 4]; //  bytes of a record's and of a message's header
const RANDOM_END = 2 + 32;
const SUPPORTED_VERSIONS = 43;
const TLS_1_3 = 0x0304;

/**
 * From version 1.3 on a record's type is not what is in it (RFC 8446 section 5.2): Wireshark calls it opaque then. Which version was chosen, the server's
 * hello says in an extension, and later packets of the conversation do not.
 */
class TlsMemory implements Memory {
  readonly values = new Float64Array(0);
  readonly nanoseconds = new Float64Array(0);
  readonly #conversations = new Conversations();
  readonly #chosen = new Kept(1, 0);
  #from = Infinity;

  see(sight: Sight): void {
    this.#from = Infinity;
    if (sight.transport < 0) return;
    const id = this.#conversations.find(sight, sight.transport);
    if (id < 0) return;
    if (this.#chosen.get(id, 0) === 1) { this.#from = sight.start; return; }
    const hello = chosenAt(sight.packet, sight.start, sight.end);
    if (hello < 0) return;
    this.#chosen.set(id, 0, 1);
    this.#from = hello;
  }

  renamesFrom(): number { return this.#from; }
  kept(): number { return -1; }
  keep(): void { /* TCP keeps the conversation's protocol */ }
}

/** Where the record of a server's hello that chooses version 1.3 starts; -1 without. */
function chosenAt(b: Uint8Array, start: number, end: number): number {
  for (let at = start; at + RECORD + MESSAGE <= end; at += RECORD + u16(b, at + 3)) {
    if (u8(b, at) === HANDSHAKE && u8(b, at + RECORD) === SERVER_HELLO && version(b, at + RECORD + MESSAGE, Math.min(end, at + RECORD + u16(b, at + 3))) === TLS_1_3) return at;
  }
  return -1;
}

function version(b: Uint8Array, hello: number, end: number): number {
  let at = hello + RANDOM_END;
  if (at >= end) return 0;
  at += 1 + u8(b, at) + 2 + 1 + 2; // the session's id, a cipher, a compression, the length of all extensions
  for (; at + 6 <= end; at += 4 + u16(b, at + 2)) if (u16(b, at) === SUPPORTED_VERSIONS) return u16(b, at + 4);
  return 0;
}

export const tlsRecall: Recall = {
  fields: [], memory: () => new TlsMemory(),
  renamed: { from: 'record.content_type', to: uint('record.opaque_type', 8, 'Opaque Type', { strings: { 23: 'Application Data' }, recalled: true }), value: APPLICATION_DATA },
};
