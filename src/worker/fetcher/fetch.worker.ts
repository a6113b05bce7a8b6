// The one worker that can reach an address: it fetches what the person confirmed, or what the build itself consists of, and holds nothing.

import { serve } from '../server.ts';
import { fetchCapture } from './fetch-capture.ts';
import type { FetchCalls } from './fetcher-protocol.ts';

serve<FetchCalls>(self, { fetch: ({ address }, { signal, progress }) => fetchCapture(address, signal, progress) });
self.postMessage({ ready: '' });
