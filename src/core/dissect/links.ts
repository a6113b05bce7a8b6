import { KeyTable } from './key-table.ts';
import type { Guess } from './program.ts';
import type { Protocol } from './protocol.ts';
import { followers } from './reach.ts';

/** Who leads to whom. The same for every program of these protocols, whatever fields it is for. */
export interface Links {
  /** Places of protocols, by name. */
  readonly ids: ReadonlyMap<string, number>;
  /** What may come after each, by name. */
  readonly after: ReadonlyMap<string, readonly string[]>;
  /** Protocols by the number that leads to them, and those that are told by how they begin; by the table's name. */
  readonly tables: ReadonlyMap<string, KeyTable>;
  readonly guesses: ReadonlyMap<string, readonly Guess[]>;
}

const known = new WeakMap<readonly Protocol[], Links>();

/** The links of a list of protocols, worked out once: every filter is a program of its own. */
export function linksOf(protocols: readonly Protocol[]): Links {
  const found = known.get(protocols) ?? linked(protocols);
  known.set(protocols, found);
  return found;
}

function linked(protocols: readonly Protocol[]): Links {
  const ids = new Map<string, number>();
  const keys = new Map<string, (readonly [number, number])[]>();
  const guesses = new Map<string, Guess[]>();
  protocols.forEach((protocol, id) => {
    if (!ids.has(protocol.name)) ids.set(protocol.name, id);
    for (const [table, numbers] of Object.entries(protocol.over ?? {})) keys.set(table, [...keys.get(table) ?? [], ...numbers.map((key) => [key, id] as const)]);
    for (const [table, looks] of Object.entries(protocol.guesses ?? {})) guesses.set(table, [...guesses.get(table) ?? [], { id, name: protocol.name, looks }]);
  });
  return {
    ids, guesses, tables: new Map([...keys].map(([table, entries]) => [table, new KeyTable(entries)])),
    after: new Map(protocols.map((protocol) => [protocol.name, [...new Set(followers(protocols, protocol))]])),
  };
}
