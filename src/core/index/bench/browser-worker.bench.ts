// Runs in a module worker of Chromium: reads a file bare and indexes it, in turns, and sends the best times.

import { blobSource } from '../../bytes/blob-source.ts';
import { bareRead } from './bare-read.bench.ts';
import { index } from './index.bench.ts';
import { inTurns } from './measure.bench.ts';

addEventListener('message', ({ data }: MessageEvent<{ file: File; rounds: number }>) => {
  void inTurns(data.rounds, () => bareRead(data.file), () => index(blobSource(data.file))).then(postMessage, (e: unknown) => { postMessage(String(e)); });
});
