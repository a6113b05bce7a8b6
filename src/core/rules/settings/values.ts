import type { HostPolicy, OsPolicy } from '../flow/os-policy.ts';
import { parseAddress } from '../parse/addresses.ts';
import { RuleError } from '../rule-error.ts';

// Values as suricata.yaml has them. Each throws a RuleError on what it cannot read.

export const yes = (value: string): boolean => /^(yes|true|1|on|enabled)$/i.test(value);

export const bad = (what: string, next: string): never => { throw new RuleError(what, 0, 0, next); };

/** A number of bytes, "1mb" and the like included. */
export function bytes(value: string): number {
  const [, number = '', unit = ''] = /^(\d+)\s*([kmg]?)i?b?$/i.exec(value.trim()) ?? [];
  if (number === '') bad(`“${value}” is no size`, 'Write a number, or one with kb, mb or gb.');
  return Number(number) * 1024 ** ['', 'k', 'm', 'g'].indexOf(unit.toLowerCase());
}

export function oneOf<T extends string>(names: readonly T[], value: string, what: string): T {
  return names.find((name) => name === value.trim().toLowerCase()) ?? bad(`“${value}” is no ${what}`, `It is ${names.slice(0, -1).join(', ')} or ${names.at(-1)!}.`);
}

export const count = (value: string, most: number): number => (/^\d{1,9}$/.test(value) && Number(value) <= most ? Number(value) : bad(`“${value}” is no count`, `Write a number up to ${most}.`));

/** Hosts as host-os-policy names them: addresses and networks, with commas between. */
export function hostPolicies(policy: OsPolicy, value: string): HostPolicy[] {
  return value.split(',').map((text) => text.trim()).filter((text) => text !== '').flatMap((text) => {
    const [first = '', prefix = ''] = text.split('/');
    const { bits, value: number } = parseAddress(first) ?? bad(`“${text}” is no address`, 'Write an address or a network, as 10.0.0.0/8.');
    const address = Uint8Array.from({ length: bits / 8 }, (_, i) => Number((number >> BigInt(bits - 8 * (i + 1))) & 0xffn));
    return [{ policy, address, bits: prefix === '' ? bits : count(prefix, bits) }];
  });
}
