import { closeSync, openSync, writeSync } from 'node:fs';
import { FaultError } from '../core/base/fault.ts';

const BUFFER = 1 << 16;

/** A file that lines are appended to, as Suricata appends to its logs. */
export class LineFile {
  readonly #path: string;
  readonly #fd: number;
  #pending: string[] = [];
  #size = 0;

  constructor(path: string) {
    this.#path = path;
    try { this.#fd = openSync(path, 'a'); } catch (error) { throw this.#fault(error); }
  }

  line(text: string): void {
    this.#pending.push(text, '\n');
    this.#size += text.length;
    if (this.#size >= BUFFER) this.flush();
  }

  flush(): void {
    const bytes = new TextEncoder().encode(this.#pending.join(''));
    this.#pending = [];
    this.#size = 0;
    try { for (let done = 0; done < bytes.length;) done += writeSync(this.#fd, bytes, done); } catch (error) { throw this.#fault(error); }
  }

  close(): void {
    this.flush();
    closeSync(this.#fd);
  }

  #fault(error: unknown): FaultError {
    return new FaultError({ code: 'read-failed', what: `${this.#path} cannot be written (${error instanceof Error ? error.message : String(error)})`, next: 'Check the folder, its permissions and its space.' });
  }
}
