import { layout, type FieldSpec, type Placed } from './field.ts';
import { KeyTable } from './key-table.ts';
import { isField, type Carried, type Part, type Probe, type Tlv } from './part.ts';
import type { Protocol } from './protocol.ts';
import * as is from './program.ts';
import type { FieldInfo, Guess, Leads, Program, Step, Unit } from './program.ts';
import { catalogue, fieldIds, specsIn } from './catalogue.ts';
import { linksOf, type Links } from './links.ts';
import { usefulProtocols } from './reach.ts';

const EMPTY = new KeyTable([]);
/** A step with what it needs and nothing else. One literal for all of them, since steps of many hidden classes make the loop that runs them slow. */
const step = (o: Partial<Step>): Step => ({
  kind: o.kind ?? is.FIELDS, from: o.from ?? 0, to: o.to ?? 0, saveFrom: o.saveFrom ?? 0, saveTo: o.saveTo ?? 0, bytes: o.bytes ?? 0, id: o.id ?? -1, each: o.each ?? -1,
  register: o.register ?? -1, lengthRegister: o.lengthRegister ?? -1, cases: o.cases ?? EMPTY, leads: o.leads ?? null, branches: o.branches ?? [], probe: o.probe ?? null,
  head: o.head ?? [], single: o.single ?? EMPTY, singleHead: o.singleHead ?? [], last: o.last ?? -1, countsHead: o.countsHead ?? false, empty: o.empty ?? false,
  align: o.align ?? 1, padding: o.padding ?? -1, drains: o.drains ?? false,
});

/**
 * Protocols to a program. With `wanted` (filter names) only those fields reach the tape, and the way through a
 * packet ends where none of them can come any more; what steers the way is read into registers in any case.
 */
export function compile(protocols: readonly Protocol[], wanted?: readonly string[]): Program {
  const { fields, idOf } = catalogue(protocols);
  const ids = wanted && !wanted.some((name) => name === EVERY_LAYER || name.endsWith(STATUS)) ? new Set(wanted.flatMap((name) => fieldsFor(fields, name))) : undefined;
  // What stands behind a payload is found by the lengths inside it, so all of them have to be read.
  if (ids) bothNames(protocols, idOf, ids);
  const behind = ids !== undefined && protocols.some((p) => Object.values(p.trailer ?? {}).some((spec) => ids.has(idOf(p, spec))));
  const links = linksOf(protocols);
  const useful = ids && !behind && usefulProtocols(links.after, new Set([...ids].map((id) => fields[id]!.protocol.name)));
  const linker = new Linker(links, useful || undefined);
  const code: number[] = [];
  const units = protocols.map((protocol, id) => new Assembler(code, protocol, linker, (spec) => wantedId(idOf, protocol, spec, ids)).unit(id, behind));
  return { code: Int32Array.from(code), units, fields, protocols };
}

/** Asks for the way through the whole packet. */
const EVERY_LAYER = 'frame.protocols';
/** A checksum is verified over addresses, lengths and fragments of the layers around. */
const STATUS = '.checksum.status';

/** A protocol's name stands for all its fields, since its text is made from them. */
const fieldsFor = (fields: readonly FieldInfo[], name: string): number[] => {
  const ids = fieldIds(fields, name);
  return ids.length > 0 ? ids : fields.filter((f) => (f.protocol.path || f.protocol.name) === name).map((f) => f.id);
};

const wantedId = (idOf: (p: Protocol, s: FieldSpec) => number, protocol: Protocol, spec: FieldSpec, ids: Set<number> | undefined): number => {
  const id = idOf(protocol, spec);
  return id < 0 || ids === undefined || ids.has(id) ? id : -1;
};

/** A field that may turn out to be another one is wanted when either is. */
function bothNames(protocols: readonly Protocol[], idOf: (p: Protocol, s: FieldSpec) => number, ids: Set<number>): void {
  for (const protocol of protocols) {
    const renamed = protocol.recall?.renamed;
    if (!renamed) continue;
    const pair = [idOf(protocol, renamed.to), ...[...specsIn(protocol.header)].filter(({ name }) => name === renamed.from).map((spec) => idOf(protocol, spec))];
    if (pair.some((id) => ids.has(id))) for (const id of pair) ids.add(id);
  }
}

/** Names of protocols and tables to numbers. Those that cannot lead to a wanted field are numbers, too: port 53 must still win over 4789 when nobody asks for DNS. */
class Linker {
  readonly #links: Links;
  readonly #useful: ReadonlySet<string> | undefined;
  constructor(links: Links, useful: ReadonlySet<string> | undefined) { this.#links = links; this.#useful = useful; }

  protocol(name: string | undefined): number { return name === undefined ? is.STOP : this.#links.ids.get(name) ?? is.STOP; }
  useful(name: string | undefined): boolean { return this.protocol(name) !== is.STOP && (!this.#useful || this.#useful.has(name!)); }
  table(name: string): KeyTable { return this.#links.tables.get(name) ?? EMPTY; }
  /** Nobody has to look at a payload where neither what it may look like nor what it is otherwise leads to a wanted field. */
  guesses(table: string, otherwise: string): readonly Guess[] {
    const all = this.#links.guesses.get(table) ?? [];
    return this.useful(otherwise) || all.some(({ name }) => this.useful(name)) ? all : [];
  }
  leads(protocol: Protocol): boolean { return this.#links.after.get(protocol.name)!.some((name) => this.useful(name)); }
}

const NOWHERE: Leads = { follows: is.STOP, table: null, key: -1, key2: -1, guesses: [], otherwise: is.STOP };

/** Writes one protocol's instructions behind the others' in `code`. */
class Assembler {
  readonly #registers = new Map<string, number>();
  readonly #code: number[];
  readonly #protocol: Protocol;
  readonly #linker: Linker;
  readonly #id: (spec: FieldSpec) => number;

  constructor(code: number[], protocol: Protocol, linker: Linker, id: (spec: FieldSpec) => number) {
    this.#code = code; this.#protocol = protocol; this.#linker = linker; this.#id = id;
    this.#claimRegisters(protocol.header);
  }

  unit(id: number, behind: boolean): Unit {
    const p = this.#protocol;
    const linker = this.#linker;
    const leads = linker.leads(p);
    const next = typeof p.next === 'object' ? p.next : undefined;
    const register = (name: string | undefined) => (name === undefined ? -1 : this.#register(name));
    const optional = (spec: FieldSpec | undefined) => (spec ? this.#id(spec) : -1);
    const split = p.header.findIndex((part) => !isField(part));
    const fixed = this.#fields(p.header.slice(0, split < 0 ? undefined : split) as FieldSpec[]);
    const tail = this.#steps(split < 0 ? [] : p.header.slice(split));
    const walked = p.headerLength === undefined && (behind || leads); // the payload starts where the tail ends
    while (!walked && tail.length > 0 && !emits(tail.at(-1)!)) tail.pop();
    return {
      id, fixed, tail, useful: linker.useful(p.name), accepts: p.accepts ?? null, keeps: p.keeps === true, quotes: p.quotes === true, ...this.#recall(), headerLength: register(p.headerLength), totalLength: register(p.totalLength), payloadLength: register(p.payloadLength),
      payloadBytes: optional(p.payload?.bytes), payloadSize: optional(p.payload?.length),
      opensEmpty: (p.opens ?? 'always') === 'always', opensCut: p.opens !== 'never', openEnded: p.name === 'data', closed: p.closed === true, trailed: p.trailer !== undefined, padded: p.trailer?.padding !== undefined, checked: p.trailer?.fcs !== undefined, padding: optional(p.trailer?.padding), trailer: optional(p.trailer?.bytes), fcs: optional(p.trailer?.fcs), fcsStatus: optional(p.trailer?.status),
      ...this.#gathers(leads), messages: p.messages ?? null, deeper: p.encapsulates ? 1 : 0, ...(leads ? this.#leads(p.next) : NOWHERE), unless: register(next?.unless), absent: leads ? this.#leads(next?.absent ?? next?.otherwise ?? 'data') : NOWHERE,
    };
  }

  #leads(next: Protocol['next'] | Exclude<Exclude<Protocol['next'], string | undefined>['absent'], undefined>): Leads {
    if (typeof next !== 'object') return { ...NOWHERE, follows: this.#linker.protocol(next) };
    const { table, keys, otherwise = 'data' } = next;
    const register = (name: string | undefined) => (name === undefined ? -1 : this.#register(name));
    return { follows: -1, table: this.#linker.table(table), key: register(keys[0]), key2: register(keys[1]), guesses: this.#linker.guesses(table, otherwise), otherwise: this.#linker.protocol(otherwise) };
  }

  #recall(): Pick<Unit, 'addresses' | 'addressBytes' | 'recall' | 'recalled' | 'renamed' | 'relative'> {
    const { addresses, recall, header } = this.#protocol;
    const named = Object.entries(recall?.relative ?? {}).flatMap(([name, place]) => [...specsIn(header)].filter((spec) => spec.name === name).map((spec) => [this.#id(spec), place]));
    return {
      addresses: addresses?.at ?? -1, addressBytes: addresses?.bytes ?? 0, recall: recall ?? null, recalled: recall?.fields.map(this.#id) ?? [],
      renamed: recall?.renamed ? [...specsIn(header)].filter(({ name }) => name === recall.renamed!.from).flatMap((spec) => [this.#id(spec), this.#id(recall.renamed!.to), recall.renamed!.value]) : [],
      relative: named.filter(([id]) => id! >= 0).flat(),
    };
  }

  #gathers(leads: boolean): Pick<Unit, 'gathers' | 'gathered'> {
    const { gathers } = this.#protocol;
    if (!gathers) return { gathers: null, gathered: null };
    const { all, each, overlap, conflict, tails, tooLong, error, count, length, data, in: place, held } = gathers.fields;
    const gathered = { all: this.#id(all), each: this.#id(each), overlap: this.#id(overlap), conflict: this.#id(conflict), tails: this.#id(tails), tooLong: this.#id(tooLong), error: this.#id(error), count: this.#id(count), length: this.#id(length), data: this.#id(data), in: this.#id(place), held: held ? this.#id(held) : -1 };
    return leads || Object.values(gathered).some((id) => id >= 0) ? { gathers, gathered } : { gathers: null, gathered: null };
  }

  #register(name: string): number {
    if (!this.#registers.has(name)) this.#registers.set(name, this.#registers.size);
    return this.#registers.get(name)!;
  }

  /** Before any instruction is written, so that a block knows which of its fields somebody steers by. */
  #claimRegisters(parts: readonly Part[]): void {
    const { headerLength, totalLength, payloadLength, next } = this.#protocol;
    const keys = typeof next === 'object' ? [...next.keys, next.unless, ...(typeof next.absent === 'object' ? next.absent.keys : [])] : [];
    for (const name of [headerLength, totalLength, payloadLength, ...keys]) if (name !== undefined) this.#register(name);
    for (const part of parts) {
      if (isField(part)) continue;
      if (part.part === 'pick' && typeof part.by === 'string') this.#register(part.by);
      if (part.part === 'repeat') this.#register(part.count);
      if (part.part === 'within') this.#register(part.length);
      if (part.part === 'carried') for (const name of [part.length, part.key].flat()) if (name) this.#register(name);
      if (part.part === 'tlv') [part.type, part.length].forEach((name) => this.#register(name));
      for (const inner of innerParts(part)) this.#claimRegisters(inner);
    }
  }

  #steps(parts: readonly Part[]): Step[] {
    const steps: Step[] = [];
    let run: FieldSpec[] = [];
    const flush = () => { if (run.length > 0) steps.push(this.#fields(run)); run = []; };
    for (const part of parts) {
      if (isField(part)) run.push(part);
      else { flush(); steps.push(this.#step(part)); }
    }
    flush();
    return steps;
  }

  #step(part: Exclude<Part, FieldSpec>): Step {
    switch (part.part) {
      case 'pick': return step({ kind: is.PICK, ...this.#chooser(part.by), ...this.#cases(part.of, part.otherwise) });
      case 'repeat': return step({ kind: is.REPEAT, register: this.#register(part.count), branches: [this.#steps(part.of)] });
      case 'fill': return step({ kind: is.REPEAT, branches: [this.#steps(part.of)] });
      case 'elsewhere': return step({ kind: is.ELSEWHERE, probe: part.where, branches: [this.#steps(part.of)] });
      case 'within': return step({ kind: is.WITHIN, register: this.#register(part.length), branches: [this.#steps(part.of)] });
      case 'rest': return step({ kind: is.REST, id: this.#id(part.field), empty: part.empty === true });
      case 'measured': return step({ kind: is.MEASURED, id: this.#id(part.field), probe: part.measure });
      case 'derived': return step({ kind: is.DERIVED, id: this.#id(part.field), probe: part.value, bytes: part.span, register: this.#registers.get(part.field.name) ?? -1 });
      case 'carried': return this.#carried(part);
      case 'tlv': return this.#options(part);
    }
  }

  #carried({ length, to, key }: Carried): Step {
    const leads = this.#leads(key === undefined ? to : { table: to, keys: [key].flat() });
    return step({ kind: is.CARRIED, register: length === null ? -1 : this.#register(length), leads });
  }

  #chooser(by: string | Probe): Pick<Step, 'register' | 'probe'> {
    return typeof by === 'string' ? { register: this.#register(by), probe: null } : { register: -1, probe: by };
  }

  #options(part: Tlv): Step {
    const idOf = (spec: FieldSpec | undefined) => (spec ? this.#id(spec) : -1);
    return step({ kind: is.TLV, id: idOf(part.all), each: idOf(part.each),
      register: this.#register(part.type), lengthRegister: this.#register(part.length), countsHead: part.counts === 'option',
      head: [this.#fields(part.head)], singleHead: [this.#fields(part.head.slice(0, 1))],
      single: new KeyTable((part.single ?? []).map((type) => [type, 1])), last: part.last ?? -1, align: part.align ?? 1, padding: idOf(part.padding), drains: part.drains === true, ...this.#cases(part.of, part.otherwise ?? []) });
  }

  #cases(of: Readonly<Record<number, readonly Part[]>>, otherwise: readonly Part[]): Pick<Step, 'cases' | 'branches'> {
    const entries = Object.entries(of);
    return { cases: new KeyTable(entries.map(([key], i) => [Number(key), i])), branches: [...entries.map(([, parts]) => this.#steps(parts)), this.#steps(otherwise)] };
  }

  #fields(specs: readonly FieldSpec[]): Step {
    const { placed, bits } = layout(specs);
    const rows = new Map<number, number>(); // from an index in `placed` to a row of this block
    const from = this.#code.length;
    placed.forEach((p, i) => {
      const id = this.#id(p.spec);
      if (id < 0) return;
      const above = rows.get(p.parent);
      this.#instruction(p, id, above === undefined ? 0 : rows.size - above);
      rows.set(i, rows.size);
    });
    const to = this.#code.length;
    for (const p of placed) {
      const register = this.#registers.get(p.spec.name);
      if (register !== undefined) this.#instruction(p, register, 0);
    }
    return step({ from, to, saveFrom: to, saveTo: this.#code.length, bytes: bits / 8 });
  }

  #instruction(p: Placed, id: number, up: number): void {
    const { scale = 1, plus = 0, from, upto } = p.spec;
    const kind = kindOf(p);
    const [shift, mask] = kind === is.GUARDED ? [from ?? 0, upto ?? 0xffff] : [p.shift, p.mask];
    this.#code.push(kind, id, p.bitOffset, p.width, shift, mask, up, scale | (plus << 16));
  }
}

function kindOf({ spec, bitOffset, width }: Placed): number {
  if (spec.from !== undefined || spec.upto !== undefined) return is.GUARDED;
  if (spec.swapped) return is.SWAPPED;
  if (width === 48) return is.WIDE_48;
  if (width === 64) return is.WIDE_64;
  return width > 32 ? is.SHOWN : ((bitOffset & 7) + width + 7) >> 3;
}

const innerParts = (part: Exclude<Part, FieldSpec>): readonly (readonly Part[])[] => {
  switch (part.part) {
    case 'pick': case 'tlv': return [...Object.values(part.of), part.otherwise ?? []];
    case 'repeat': case 'fill': case 'elsewhere': case 'within': return [part.of];
    default: return [];
  }
};

const emits = (step: Step): boolean => step.kind === is.CARRIED || step.from < step.to || step.id >= 0 || step.each >= 0
  || [step.head, step.singleHead, ...step.branches].some((steps) => steps.some(emits));
