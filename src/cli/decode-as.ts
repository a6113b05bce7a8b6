import { placed, readPlaceRule } from '../core/dissect/decode-as.ts';
import { isReferenceProtocol } from '../core/filter/reference-names.ts';
import type { Protocol } from '../core/dissect/protocol.ts';
import { wrongArguments } from './arguments.ts';

/** The protocols with the places that -d gives them. A protocol that Wireshark knows and this program does not is told to `note` and leaves the place empty. */
export function decodeAs(protocols: readonly Protocol[], rules: readonly string[], command: string, note: (line: string) => void): readonly Protocol[] {
  return placed(protocols, rules.map((text) => {
    const rule = readPlaceRule(text, protocols);
    if ('wrong' in rule) throw wrongArguments(command, `-d ${text}${rule.wrong.startsWith('is ') ? ' ' : ': '}${rule.wrong}`);
    const known = protocols.some((p) => p.name === rule.protocol);
    if (!known && !isReferenceProtocol(rule.protocol)) throw wrongArguments(command, `-d ${text}: there is no protocol ${rule.protocol}`);
    if (!known) note(`-d ${text}: ${rule.protocol} is not read yet, its packets show as data.`);
    return rule;
  }));
}
