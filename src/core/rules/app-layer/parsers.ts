import { DnsParser } from './dns.ts';
import { HttpParser } from './http.ts';
import type { Shared } from './collected.ts';
import { TlsParser } from './tls.ts';
import type { AppParser } from './transaction.ts';

/** A parser for a flow of a protocol, as detection names it; null for those that are not read here. `shared` bounds what all of them keep of bodies. */
export function parserFor(protocol: string, tcp: boolean, shared: Shared): AppParser | null {
  switch (protocol) {
    case 'http': return tcp ? new HttpParser(shared) : null;
    case 'tls': return tcp ? new TlsParser() : null;
    case 'dns': return new DnsParser(tcp ? 'tcp' : 'udp');
    default: return null;
  }
}
