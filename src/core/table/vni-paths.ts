import { mix } from './hash.ts';

/** The path of a packet outside any envelope. */
export const NO_PATH = 0;
const MAX_PATHS = 1 << 20;
const FIRST_SLOTS = 1 << 6;

export const BY_VXLAN = 1;
export const BY_GENEVE = 2;

/**
 * The ways in through envelopes: each is the way before it, a kind of encapsulation and a VNI. Networks of two VNIs may use the same addresses, so
 * their conversations are told apart by the path. Most captures have a handful.
 */
export class VniPaths {
  count = 1;
  #parent = new Int32Array(FIRST_SLOTS / 2);
  #tag = new Int32Array(FIRST_SLOTS / 2); // kind << 24 | vni
  #slots = new Uint32Array(FIRST_SLOTS);
  readonly #seed = Math.trunc(Math.random() * 2 ** 31);

  /** The number of `parent` with one envelope more. When there are too many, the last one stands for all others. */
  into(parent: number, kind: number, vni: number): number {
    const tag = (kind << 24) | vni;
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = this.#hash(parent, tag) & mask;
    for (let path = slots[slot]!; path !== 0; path = slots[slot]!) {
      if (this.#tag[path] === tag && this.#parent[path] === parent) return path;
      slot = (slot + 1) & mask;
    }
    if (this.count === MAX_PATHS) return MAX_PATHS - 1;
    const path = this.count++;
    this.#parent[path] = parent;
    this.#tag[path] = tag;
    slots[slot] = path;
    if (this.count === this.#tag.length) this.#grow();
    return path;
  }

  /** The VNIs of a path, outermost first. */
  vnis(path: number): number[] {
    const vnis: number[] = [];
    for (let at = path; at !== NO_PATH; at = this.#parent[at]!) vnis.unshift(this.#tag[at]! & 0xff_ffff);
    return vnis;
  }

  #hash(parent: number, tag: number): number { return mix(mix(parent ^ this.#seed) ^ tag); }

  #grow(): void {
    const { length } = this.#slots;
    const parent = new Int32Array(length);
    const tag = new Int32Array(length);
    parent.set(this.#parent); tag.set(this.#tag);
    this.#parent = parent; this.#tag = tag;
    const slots = this.#slots = new Uint32Array(length * 2);
    for (let path = 1; path < this.count; path++) {
      let slot = this.#hash(parent[path]!, tag[path]!) & (slots.length - 1);
      while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
      slots[slot] = path;
    }
  }
}
