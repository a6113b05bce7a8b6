import { u24 } from '../../bytes/read.ts';

const MAX_CERTIFICATES = 64;

/** The certificates of a Certificate message of TLS 1.2 and before: three bytes of length before the list and before each. */
export function readCertificates(b: Uint8Array, from: number, to: number): Uint8Array[] {
  const certificates: Uint8Array[] = [];
  if (from + 3 > to) return certificates;
  const end = Math.min(to, from + 3 + u24(b, from));
  for (let at = from + 3; at + 3 <= end && certificates.length < MAX_CERTIFICATES;) {
    const stop = at + 3 + u24(b, at);
    if (stop > end) break;
    certificates.push(b.slice(at + 3, stop));
    at = stop;
  }
  return certificates;
}
