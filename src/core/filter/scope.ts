import { arithmetic, negative } from './arithmetic.ts';
import { bytesOf, type Expression } from './expression.ts';
import { FilterError } from './filter-error.ts';
import { callFunction } from './functions.ts';
import { literal, type Wanted } from './literal.ts';
import { NAMES, nearest, type Meaning } from './names.ts';
import { readMeaning, sliced, type BuildRead } from './read-values.ts';
import { isReferenceName } from './reference-names.ts';
import type { LayerRange, Node, Slice, Text, Word } from './syntax.ts';
import { TYPE_WORDS } from './value.ts';

/** Looks names up and notes which fields the dissector has to read. */
export class Scope {
  readonly wanted = new Set<string>();

  meaning(node: Word): Meaning {
    const meaning = NAMES().get(node.text);
    if (!meaning) throw new FilterError(node, unknown(node.text));
    this.want(meaning);
    return meaning;
  }

  want(meaning: Meaning): void {
    if (meaning.kind === 'field' || meaning.kind === 'path' || meaning.kind === 'status') this.wanted.add(meaning.name);
    if (meaning.kind === 'protocol') this.wanted.add(meaning.via);
  }

  /** A value whose type does not hang on what it is compared with. */
  value(node: Node, wanted: Wanted | null = null): Expression {
    switch (node.kind) {
      case 'word': return NAMES().has(node.text) || !wanted ? this.#field(node, node, null) : constant(node, wanted);
      case 'string': case 'char': return wanted ? constant(node, wanted) : fail(node, 'A value alone says nothing: compare a field with it');
      case 'layer': return node.of.kind === 'word' ? this.#field(node, node.of, node.ranges) : fail(node, 'A layer is picked from a field or a protocol: ip.addr#2');
      case 'slice': return this.#slice(node);
      case 'call': return callFunction(this, node);
      case 'arithmetic': return arithmetic(this, node, wanted);
      case 'negative': return negative(this, node, wanted);
      case 'set': return fail(node, 'A set stands behind "in": tcp.port in {80, 443}');
      case 'range': return fail(node, 'A range stands in a set: tcp.port in {1..1023}');
      default: return fail(node, 'A value is wanted here, this is a condition');
    }
  }

  /** A protocol's own length is known only when all of it is read. */
  whole(of: Expression): Expression {
    if (of.meaning?.kind === 'protocol') this.wanted.add(of.name);
    return of;
  }

  #field(node: Node, word: Word, layers: readonly LayerRange[] | null): Expression {
    const meaning = this.meaning(word);
    const infos = meaning.kind === 'field' || meaning.kind === 'status' ? meaning.infos : [];
    return { node, type: meaning.type, name: word.text, infos, meaning, layers, constant: null, read: readMeaning(meaning, layers) };
  }

  #slice(node: Slice): Expression {
    const of = this.whole(this.value(node.of));
    if (of.type === 'uint' || of.type === 'bool' || of.type === 'duration' || of.type === 'time') {
      fail(node, `${of.name} is ${TYPE_WORDS[of.type]} and has no bytes to slice: compare it whole, or mask its bits with &`);
    }
    const whole = bytesOf(of, 'header');
    const read: BuildRead = (program) => {
      const values = whole(program);
      return (c) => values(c).map((v) => sliced(v, node.ranges));
    };
    return { node, type: 'bytes', name: of.name, infos: [], meaning: null, layers: null, constant: null, read };
  }
}

const fail = (node: Node, message: string): never => { throw new FilterError(node, message); };

export function constant(node: Word | Text, wanted: Wanted): Expression {
  const { low } = literal(node, wanted)[0]!;
  return { node, type: wanted.type, name: node.text, infos: wanted.infos, meaning: null, layers: null, constant: low, read: () => () => [low] };
}

function unknown(name: string): string {
  if (isReferenceName(name)) return `${name} is a field in Wireshark that is not read here yet: leave it out`;
  const near = nearest(name);
  if (near !== '') return `There is no field or protocol "${name}": did you mean ${near}?`;
  if (/^[0-9]/.test(name)) return `"${name}" is a value: compare a field with it, as in ip.ttl == ${/^[0-9]+$/.test(name) ? name : 64}`;
  return `There is no field or protocol "${name}"`;
}
