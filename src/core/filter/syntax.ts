// The shape of a filter before any name in it is looked up. Depth is bounded by the parser, so what walks it may recurse.

import type { Token } from './tokens.ts';

interface Base { readonly from: number; readonly to: number; readonly depth: number; readonly grouped?: boolean }

export interface SliceRange { readonly at: number; readonly length: number; readonly last: number | null } // a length, or up to and with `last`; Infinity: to the end
export interface LayerRange { readonly low: number; readonly high: number } // from 1; negative from the innermost; Infinity: any

export interface Word extends Base { readonly kind: 'word'; readonly text: string }
export interface Text extends Base { readonly kind: 'string' | 'char'; readonly value: string; readonly text: string }
export interface Call extends Base { readonly kind: 'call'; readonly name: Token; readonly args: readonly Node[] }
export interface Slice extends Base { readonly kind: 'slice'; readonly of: Node; readonly ranges: readonly SliceRange[] }
export interface Layer extends Base { readonly kind: 'layer'; readonly of: Node; readonly ranges: readonly LayerRange[] }
export interface Arithmetic extends Base { readonly kind: 'arithmetic'; readonly op: Token; readonly left: Node; readonly right: Node }
export interface Negative extends Base { readonly kind: 'negative'; readonly of: Node }
export interface RangeOf extends Base { readonly kind: 'range'; readonly low: Node; readonly high: Node }
export interface SetOf extends Base { readonly kind: 'set'; readonly items: readonly Node[] }
export interface Not extends Base { readonly kind: 'not'; readonly of: Node }
export interface Quantified extends Base { readonly kind: 'any' | 'all'; readonly of: Node; readonly sign: Token }
export interface Compare extends Base { readonly kind: 'compare'; readonly first: Node; readonly links: readonly { readonly op: Token; readonly right: Node }[] }
export interface Logic extends Base { readonly kind: 'and' | 'or' | 'xor'; readonly of: readonly Node[] }

export type Node = Word | Text | Call | Slice | Layer | Arithmetic | Negative | RangeOf | SetOf | Not | Quantified | Compare | Logic;
