import type { Option } from '../parse/options.ts';
import { RuleError } from '../rule-error.ts';

/** The option's value as a whole number from `min` to `max`; quotation marks around it are let pass, as Suricata does. */
export function wholeNumber(option: Option, min: number, max: number): number {
  const text = (option.value ?? '').replace(/^"(.*)"$/, '$1').trim();
  const value = /^\d{1,10}$/.test(text) ? Number(text) : -1;
  if (value < min || value > max) throw new RuleError(`“${text}” is no value for “${option.name}”`, option.valueAt, Math.max(1, text.length), `Write a whole number from ${min} to ${max}.`);
  return value;
}
