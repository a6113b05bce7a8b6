// Where protocols are found in one capture: the usual places, and those that a person said (Decode As).

import { compile } from '../core/dissect/compile.ts';
import { placed, readPlaceRule, type PlaceRule } from '../core/dissect/decode-as.ts';
import type { Program } from '../core/dissect/program.ts';
import type { Protocol } from '../core/dissect/protocol.ts';
import { UDP_PORTS, udpPorts, type UdpPorts } from '../core/index/numbers.ts';
import { PROTOCOLS } from '../core/protocols/all.ts';
import type { Decodable } from './protocol.ts';

export interface Places { readonly protocols: readonly Protocol[]; readonly program: Program; readonly ports: UdpPorts }

/** Made as the worker starts, which is before anybody chooses a capture. */
export const USUAL: Places = { protocols: PROTOCOLS, program: compile(PROTOCOLS), ports: UDP_PORTS };

/** What can be looked for elsewhere, and in which tables. */
const TABLES: readonly string[] = ['udp.port', 'tcp.port'];

/** A rule that makes no sense, or that the columns could not follow, is left out: a link may say anything. */
export function placesOf(texts: readonly string[]): Places {
  const rules = texts.flatMap((text): PlaceRule[] => {
    const rule = readPlaceRule(text, PROTOCOLS);
    return 'wrong' in rule || !TABLES.includes(rule.table) || !PROTOCOLS.some(({ name }) => name === rule.protocol) ? [] : [rule];
  });
  if (rules.length === 0) return USUAL;
  const protocols = placed(PROTOCOLS, rules);
  const ports = udpPorts(rules.filter(({ table }) => table === 'udp.port').map(({ first, last, protocol }) => ({ first, last, protocol: protocol === 'data' ? null : protocol })));
  return { protocols, program: compile(protocols), ports };
}

/** What may be chosen for a port, by title: whatever is found at one of these tables, or anywhere by how it begins. */
export function decodable(): readonly Decodable[] {
  return TABLES.flatMap((table) => PROTOCOLS.filter(({ over, guesses }) => over?.[table] || guesses?.[table]).map(({ name, label }) => ({ table, name, label })))
    .concat(TABLES.map((table) => ({ table, name: 'data', label: 'Data (not decoded)' })))
    .sort((a, b) => a.label.localeCompare(b.label));
}
