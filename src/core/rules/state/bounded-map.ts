/** A map of at most so many entries: beyond, those set longest ago are forgotten. */
export class BoundedMap<T> {
  readonly #entries = new Map<string, T>();
  readonly #most: number;
  constructor(most: number) { this.#most = most; }

  get(key: string): T | undefined { return this.#entries.get(key); }

  set(key: string, value: T): void {
    this.#entries.delete(key);
    if (this.#entries.size === this.#most) this.#entries.delete(this.#entries.keys().next().value!);
    this.#entries.set(key, value);
  }

  delete(key: string): void { this.#entries.delete(key); }
}
