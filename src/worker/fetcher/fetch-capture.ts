import { FaultError, type Fault } from '../../core/base/fault.ts';
import type { FetchProgress } from './fetcher-protocol.ts';

const QUIET_MS = 30_000; //                  a server that sends nothing for so long is not coming back
const refuse = (what: string, next: string, code: Fault['code'] = 'not-found'): never => { throw new FaultError({ code, what, next }); };

/**
 * The bytes at an address. Without credentials and without a referrer: an address gets to know that it was asked, and nothing else.
 * Throws a FaultError for an answer that is no file (404 and the like, a page of HTML), and for none.
 */
export async function fetchCapture(address: string, signal: AbortSignal, progress: (p: FetchProgress) => void, quietMs = QUIET_MS): Promise<ArrayBuffer[]> {
  const host = new URL(address).host;
  const quiet = new AbortController();
  let timer = setTimeout(() => quiet.abort(), quietMs);
  const stillThere = (): void => { clearTimeout(timer); timer = setTimeout(() => quiet.abort(), quietMs); };
  try {
    const response = await fetch(address, { signal: AbortSignal.any([signal, quiet.signal]), credentials: 'omit', referrerPolicy: 'no-referrer' });
    if (!response.ok) refuse(`${host} answered ${response.status}${response.statusText === '' ? '' : ` (${response.statusText})`} for ${address}`, 'Check the address, or download the file and drop it here.');
    if (/^(text\/html|application\/xhtml)/i.test(response.headers.get('content-type') ?? '')) refuse(`${host} answered with a web page (HTML) instead of a capture`, 'Use the address of the file itself, or download the file and drop it here.', 'not-a-capture');
    return await collect(response, stillThere, progress);
  } catch (error) {
    if (error instanceof FaultError || signal.aborted) throw error;
    if (quiet.signal.aborted) refuse(`${host} did not answer within ${quietMs / 1000} seconds`, 'Try again later, or download the file and drop it here.', 'read-failed');
    return refuse(`${host} cannot be reached, or does not allow this page to read the file (CORS)`, 'Check the address and the connection, or download the file and drop it here.', 'read-failed');
  } finally {
    clearTimeout(timer);
  }
}

async function collect(response: Response, stillThere: () => void, progress: (p: FetchProgress) => void): Promise<ArrayBuffer[]> {
  const total = Number(response.headers.get('content-length') ?? 0);
  const parts: ArrayBuffer[] = [];
  let received = 0;
  if (response.body) {
    for await (const part of response.body) {
      stillThere();
      parts.push(part.byteLength === part.buffer.byteLength ? part.buffer : part.slice().buffer);
      received += part.byteLength;
      progress({ received, total });
    }
  }
  return parts;
}
