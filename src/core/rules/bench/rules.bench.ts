// The rules that are timed.

import { existsSync, readFileSync } from 'node:fs';
import { generator } from './random.bench.ts';

const PUBLIC = '../shared/rules/parse/public.rules';

/**
 * All public rules, each under a sid of its own, since many have the same one, and each an alert: the pass and drop rules about all traffic among them would end the evaluation of every flow.
 * Null where they are not there.
 */
export function publicRules(): string | null {
  if (!existsSync(PUBLIC)) return null;
  return readFileSync(PUBLIC, 'utf8').split('\n').map((rule, i) => rule.replace(/\bsid\s*:\s*\d+/, `sid:${i + 1}`).replace(/^(?:pass|drop|reject\w*)\b/, 'alert')).join('\n');
}

const HEADERS: readonly string[] = [
  'tcp any any -> any any', 'tcp any any -> any 80', 'tcp any 80 -> any any', 'tcp any any -> any [443,8443]', 'tcp any any -> any 1024:', 'http any any -> any any', 'udp any any -> any any', 'udp any any -> any 53', 'ip any any -> any any', 'icmp any any -> any any',
];
const [FIRST, THEN] = ['bcdfghjklmnpqrstvwxyz', 'aeiouy'];

/** Rules that look for one to three contents of words or hex bytes, of 3 to 25 bytes, as rule sets of signatures do; hardly any fires. */
export function contentRules(count: number): string {
  const random = generator(1);
  const word = (): string => Array.from({ length: 2 + random(5) }, () => `${FIRST[random(FIRST.length)]!}${THEN[random(THEN.length)]!}`).join('');
  const hex = (): string => `|${Array.from({ length: random(50) === 0 ? 3 : 4 + random(10) }, () => random(256).toString(16).padStart(2, '0')).join(' ')}|`;
  const content = (): string => `content:"${['', '/', 'x-', '.'][random(4)]!}${random(3) === 0 ? hex() : word()}${random(2) === 0 ? random(10_000) : ''}"; ${random(2) === 0 ? 'nocase; ' : ''}`;
  return Array.from({ length: count }, (_, i) => {
    const header = HEADERS[random(HEADERS.length)]!;
    const flow = header.startsWith('tcp') && random(2) === 0 ? `flow:established,to_${random(2) === 0 ? 'server' : 'client'}; ` : '';
    return `alert ${header} (msg:"Generated ${i}"; ${flow}${content()}${random(2) === 0 ? `${content()}distance:0; ` : ''}${random(4) === 0 ? content() : ''}classtype:trojan-activity; sid:${i + 1}; rev:1;)`;
  }).join('\n');
}

/** A rule about nothing but headers, of which nothing in the capture that is timed is. */
export const HEADER_RULE = 'alert tcp any any -> any any (msg:"SYN and FIN"; flags:SF; sid:1;)';
