// How hosts differ in what they make of strange segments and fragments, by host-os-policy of suricata.yaml (Novak and Sturges, 2007).

export const OS_POLICIES = ['bsd', 'bsd-right', 'old-linux', 'linux', 'old-solaris', 'solaris', 'hpux10', 'hpux11', 'irix', 'macos', 'windows', 'vista', 'windows2k3', 'first', 'last'] as const;
export type OsPolicy = (typeof OS_POLICIES)[number];

/** A network whose hosts behave in one way. `bits` of `address` count. */
export interface HostPolicy { readonly policy: OsPolicy; readonly address: Uint8Array; readonly bits: number }

/** What a host is taken for that is in no network. */
const DEFAULT: OsPolicy = 'bsd';

const inNetwork = ({ address, bits }: HostPolicy, b: Uint8Array, at: number): boolean => {
  const whole = bits >> 3;
  for (let i = 0; i < whole; i++) if (address[i] !== b[at + i]) return false;
  const rest = bits & 7;
  return rest === 0 || ((address[whole]! ^ b[at + whole]!) & (0xff00 >> rest) & 0xff) === 0;
};

/** The policy of the host at an address of 4 or 16 bytes: that of the smallest network that it lies in. */
export function policyOf(hosts: readonly HostPolicy[], b: Uint8Array, at: number, size: number): OsPolicy {
  let [best, found] = [-1, DEFAULT];
  for (const host of hosts) if (host.address.length === size && host.bits > best && inNetwork(host, b, at)) { best = host.bits; found = host.policy; }
  return found;
}

/** The TCP engine knows no difference between these (stream-tcp.c, StreamTcpSetOSPolicy). */
export const tcpPolicy = (policy: OsPolicy): OsPolicy => (policy === 'bsd-right' ? 'bsd' : policy === 'old-solaris' ? 'solaris' : policy);
