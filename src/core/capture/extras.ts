// What a pcapng says beside its packets (draft-ietf-opsawg-pcapng sections 4.5 to 4.7). Types only; `pcapng-extras.ts` reads them, the export writes them again.

import type { Option } from './pcapng-options.ts';

/** A record of a name resolution block: an address, and names behind it, each ended by a zero byte. Types: 1 IPv4, 2 IPv6, 3 and 4 EUI-48 and EUI-64. */
export interface NameRecord { readonly type: number; readonly value: Uint8Array }
export interface Names { readonly kind: 'names'; readonly records: readonly NameRecord[]; readonly options: readonly Option[] }

/** Nanoseconds since 1970. */
type Instant = bigint;
/** What an interface has counted, up to `time`. The options are the counts, as 64 bits each: 4 received, 5 dropped, 6 passed the filter, 7 dropped by the system, 8 delivered. */
export interface Statistics { readonly kind: 'statistics'; readonly iface: number; readonly time: Instant; readonly start: Instant | null; readonly end: Instant | null; readonly options: readonly Option[] }

/** Keys to what is encrypted: `type` says in whose format. */
export interface Secrets { readonly kind: 'secrets'; readonly type: number; readonly data: Uint8Array; readonly options: readonly Option[] }

export type Extra = Names | Statistics | Secrets;
