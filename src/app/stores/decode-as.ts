// What ports are decoded as, where that is not the usual: rules as tshark has them after -d, for all captures, in the link.

import { create } from 'zustand';

interface DecodeAs {
  readonly rules: readonly string[]; //     "udp.port==8472,vxlan"; later ones win
  readonly declined: readonly number[]; //  ports whose offer was put away
}

export const useDecodeAs = create<DecodeAs>()(() => ({ rules: [], declined: [] }));

export interface PortRule { readonly table: string; readonly port: string; readonly protocol: string }

/** A rule in its parts; null for one that this page would not have written. */
export function partsOf(rule: string): PortRule | null {
  const m = /^(udp\.port|tcp\.port)==(\d+(?:[-:]\d+)?),([a-z0-9_.-]+)$/i.exec(rule);
  return m && { table: m[1]!, port: m[2]!, protocol: m[3]! };
}

/** In the place of what was said of the same port. */
export function addRule({ table, port, protocol }: PortRule): void {
  const own = `${table}==${port},`;
  useDecodeAs.setState(({ rules }) => ({ rules: [...rules.filter((rule) => !rule.startsWith(own)), `${own}${protocol}`] }));
}

export const removeRule = (rule: string): void => useDecodeAs.setState(({ rules }) => ({ rules: rules.filter((each) => each !== rule) }));
export const decline = (port: number): void => useDecodeAs.setState(({ declined }) => ({ declined: [...declined, port] }));
