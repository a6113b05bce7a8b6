import type { OsPolicy } from '../flow/os-policy.ts';

// Whose bytes stay where fragments of a datagram overlap (Novak, Target-Based Fragmentation Reassembly, 2005; defrag.c).

type Policy = 'bsd' | 'bsd-right' | 'linux' | 'windows' | 'solaris' | 'first' | 'last';

/** Hosts by how they put fragments together. */
export const DEFRAG: Readonly<Record<OsPolicy, Policy>> = {
  bsd: 'bsd', hpux10: 'bsd', irix: 'bsd', 'bsd-right': 'bsd-right', 'old-linux': 'linux', linux: 'linux', 'old-solaris': 'first', hpux11: 'first', macos: 'first', first: 'first', solaris: 'solaris',
  windows: 'windows', vista: 'windows', windows2k3: 'windows', last: 'last',
};

/** Bytes of a datagram from `start` on, save for the first `cut`. */
export interface Overlapped { readonly start: number; readonly end: number; readonly data: Uint8Array; cut: number }

/** The new fragment as it is trimmed, one that is there, and the one after that. */
interface Meeting { readonly start: number; readonly end: number; cut: number; readonly old: Overlapped; readonly next: Overlapped | null }

/** The new fragment is left out, the old one is, both have been trimmed and there is no more to look at, or the next old one is to be looked at. */
type Outcome = 'drop' | 'replace' | 'done' | 'on';

const RULES: Readonly<Record<Policy, (m: Meeting) => Outcome>> = {
  bsd(m) {
    const { start, end, old, next } = m;
    if (start >= old.end) return 'on';
    if (start >= old.start) m.cut = old.end - start;
    if (next !== null && end > next.start) next.cut = end - next.start;
    return start < old.start && end >= old.end ? 'replace' : 'done';
  },
  'bsd-right': () => 'on',
  linux(m) {
    const { start, end, old } = m;
    const first = old.start + old.cut;
    if (first < start + m.cut && old.end > start + m.cut) m.cut += old.end - start;
    if (start + m.cut < first && end > first) { old.cut += end - first; return 'done'; }
    return start + m.cut <= first && end >= old.end ? 'replace' : 'on';
  },
  windows(m) {
    const { start, end, old } = m;
    if (start >= old.start && end <= old.end) return 'drop';
    if (start < old.start && end > old.end) return 'replace';
    const overlaps = start + m.cut > old.start + old.cut && start + m.cut < old.end;
    if (!overlaps && !(start === old.start && end > old.end)) return 'on';
    m.cut += old.end - start;
    return 'done';
  },
  solaris(m) {
    const { start, end, old } = m;
    if (start >= old.end) return 'on';
    if (start >= old.start) m.cut = old.end - start;
    return start < old.start && end >= old.end ? 'replace' : 'done';
  },
  first(m) {
    const { start, end, old } = m;
    if (start >= old.start && end <= old.end) return 'drop';
    if (start < old.start) return 'done';
    if (start >= old.end) return 'on';
    m.cut = old.end - start;
    return 'done';
  },
  last({ start, end, old }) {
    if (start > old.start) return 'on';
    if (end > old.start) old.cut = end - old.start;
    return 'done';
  },
};

/** Trims the fragments that are there, ascending, for a new one, and takes out one of which nothing stays. Answers how many bytes of the new one's start are left out; -1 when it is left out whole. */
export function makeRoom(fragments: Overlapped[], start: number, end: number, policy: Policy): number {
  const after = fragments.findIndex((old) => old.start >= start);
  let cut = 0;
  for (let i = after <= 0 ? 0 : after - 1; i < fragments.length; i++) {
    const old = fragments[i]!;
    const meeting = { start, end, cut, old, next: fragments[i + 1] ?? null };
    const outcome = RULES[policy](meeting);
    cut = meeting.cut;
    if (outcome === 'on') continue;
    if (outcome === 'drop') return -1;
    if (outcome === 'replace' || old.cut >= old.data.length) fragments.splice(i, 1);
    break;
  }
  return cut;
}
