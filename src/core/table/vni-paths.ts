import { Slots } from './slots.ts';

/** The path of a packet outside any envelope. */
export const NO_PATH = 0;
const MAX_PATHS = 1 << 20;
const FIRST = 1 << 9;

export const BY_VXLAN = 1;
export const BY_GENEVE = 2;

/**
 * The ways in through envelopes: each is the way before it, a kind of encapsulation and a VNI. Networks of two VNIs may use the same addresses, so
 * their conversations are told apart by the path. Most captures have a handful.
 */
export class VniPaths {
  count = 1;
  #parent = new Int32Array(FIRST);
  #tag = new Int32Array(FIRST); // kind << 24 | vni
  readonly #slots = new Slots();

  /** The number of `parent` with one envelope more. When there are too many, the last one stands for all others. */
  into(parent: number, kind: number, vni: number): number {
    const tag = (kind << 24) | vni;
    const { pairs, mask, shift, multiplier } = this.#slots;
    const key = (Math.imul(parent, multiplier) + tag) | 0;
    let slot = Math.imul(key, multiplier) >>> shift;
    for (let path = pairs[slot * 2 + 1]!; path !== 0; path = pairs[slot * 2 + 1]!) {
      if (pairs[slot * 2] === key && this.#tag[path] === tag && this.#parent[path] === parent) return path;
      slot = (slot + 1) & mask;
    }
    return this.#add(parent, tag, key, slot);
  }

  /** The VNIs of a path, outermost first. */
  vnis(path: number): number[] {
    const vnis: number[] = [];
    for (let at = path; at !== NO_PATH; at = this.#parent[at]!) vnis.unshift(this.#tag[at]! & 0xff_ffff);
    return vnis;
  }

  /** Bytes that the table takes. */
  get byteLength(): number { return this.#parent.byteLength + this.#tag.byteLength + this.#slots.byteLength; }

  #add(parent: number, tag: number, key: number, slot: number): number {
    if (this.count === MAX_PATHS) return MAX_PATHS - 1;
    const path = this.count++;
    this.#parent[path] = parent;
    this.#tag[path] = tag;
    this.#slots.put(slot, key, path);
    if (this.count === this.#tag.length) this.#grow();
    return path;
  }

  #grow(): void {
    const parent = new Int32Array(this.count * 2);
    const tag = new Int32Array(this.count * 2);
    parent.set(this.#parent); tag.set(this.#tag);
    this.#parent = parent; this.#tag = tag;
  }
}
