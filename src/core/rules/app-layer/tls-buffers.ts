import type { Way } from './ask.ts';
import { type AppBuffer, appBuffers, type BufferOf } from './buffer.ts';
import { isTls, CERTIFICATES, HELLO, type TlsSide, type TlsTransaction } from './tls.ts';
import { ja3, ja3s, ja4, md5Hex } from '../../protocols/tls-fingerprint.ts';
import { progressOf } from './transaction.ts';
import { fingerprint } from './x509.ts';

// The buffers of rules/tls-keywords.rst and ja-keywords.rst.

type Values = ReturnType<BufferOf<TlsTransaction>['values']>;
export const tlsSide = (tx: TlsTransaction, toServer: boolean): TlsSide => (toServer ? tx.client : tx.server);

const buffer = (step: number) => (names: BufferOf<TlsTransaction>['names'], label: string, way: Way, values: (side: TlsSide) => Values): BufferOf<TlsTransaction> =>
  ({ names, label, way, ready: (tx, toServer) => progressOf(tx, toServer) >= step, values: (tx, toServer) => values(tlsSide(tx, toServer)) });
const hello = buffer(HELLO);
const certificate = buffer(CERTIFICATES);

const SECONDS = 4; // a random's first four bytes are a time in older versions

export const TLS_BUFFERS: readonly AppBuffer[] = appBuffers('tls', isTls, [
  hello(['tls.sni', 'tls_sni'], 'the server name', 'to server', ({ hello: h }) => h?.sni ?? null),
  { ...hello(['tls.alpn'], 'a protocol of ALPN', 'both', ({ hello: h }) => h?.alpn ?? null), several: true },
  hello(['tls.random'], 'the random', 'both', ({ hello: h }) => h?.random ?? null),
  hello(['tls.random_time'], 'the time in the random', 'both', ({ hello: h }) => h?.random.subarray(0, SECONDS) ?? null),
  hello(['tls.random_bytes'], 'the random after its time', 'both', ({ hello: h }) => h?.random.subarray(SECONDS) ?? null),
  hello(['ja3.hash', 'ja3_hash'], 'the JA3 hash', 'to server', ({ hello: h }) => (h === null ? null : md5Hex(ja3(h)))),
  hello(['ja3.string', 'ja3_string'], 'the JA3 text', 'to server', ({ hello: h }) => (h === null ? null : ja3(h))),
  hello(['ja3s.hash'], 'the JA3S hash', 'to client', ({ hello: h }) => (h === null ? null : md5Hex(ja3s(h)))),
  hello(['ja3s.string'], 'the JA3S text', 'to client', ({ hello: h }) => (h === null ? null : ja3s(h))),
  hello(['ja4.hash'], 'the JA4 hash', 'to server', ({ hello: h }) => (h === null ? null : ja4(h))),
  certificate(['tls.cert_subject', 'tls_cert_subject'], 'the certificate’s subject', 'both', ({ certificate: c }) => c?.subject ?? null),
  certificate(['tls.cert_issuer', 'tls_cert_issuer'], 'the certificate’s issuer', 'both', ({ certificate: c }) => c?.issuer ?? null),
  certificate(['tls.cert_serial', 'tls_cert_serial'], 'the certificate’s serial number', 'both', ({ certificate: c }) => c?.serial ?? null),
  certificate(['tls.cert_fingerprint', 'tls_cert_fingerprint'], 'the certificate’s fingerprint', 'both', ({ certificates: [own] }) => (own === undefined ? null : fingerprint(own))),
  { ...certificate(['tls.subjectaltname'], 'a further name in the certificate', 'both', ({ certificate: c }) => c?.alternativeNames ?? null), several: true },
  { ...certificate(['tls.certs'], 'a certificate', 'both', ({ certificates }) => certificates), several: true },
]);
