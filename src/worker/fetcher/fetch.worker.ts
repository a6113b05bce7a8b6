// The one worker that can reach an address: it fetches what the person confirmed, or what the build itself consists of, and holds nothing.

import { announce } from '../announce.ts';
import { serve } from '../server.ts';
import { fetchCapture } from './fetch-capture.ts';
import type { FetchCalls } from './fetcher-protocol.ts';

serve<FetchCalls>(self, {
  fetch: async ({ address }, { signal, progress, move }) => {
    const parts = await fetchCapture(address, signal, progress);
    move(parts);
    return parts;
  },
});
announce();
