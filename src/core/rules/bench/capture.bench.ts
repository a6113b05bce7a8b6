// The capture that rules are timed with: the same bytes each time.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EnvelopeFile, type Frame } from './pcap-file.bench.ts';
import { generator } from './random.bench.ts';
import { Talk } from './talk.bench.ts';

/** Conversations that go on at once. */
const AT_ONCE = 300;
/** Raised when what is written changes. */
const EDITION = 1;

export interface Timed { readonly path: string; readonly packets: number; readonly payloadBytes: number }

/** Writes a pcap of `packets` packets in VXLAN envelopes, unless it is there: HTTP, TLS, DNS, other TCP and UDP, and pings, with right checksums. */
export function talkingCapture(packets: number): Timed {
  const path = join(tmpdir(), `vxlens-bench-rules-${packets}-${EDITION}.pcap`);
  const facts = `${path}.json`;
  if (existsSync(path) && existsSync(facts)) return { path, packets, payloadBytes: Number(readFileSync(facts, 'utf8')) };
  const talk = new Talk();
  const random = generator(333);
  const conversations: Iterator<Frame, void>[] = Array.from({ length: AT_ONCE }, () => talk.conversation());
  const file = new EnvelopeFile(path);
  while (file.count < packets) {
    const { value } = conversations[random(AT_ONCE)]!.next();
    if (value) file.write(value);
  }
  file.close();
  writeFileSync(facts, String(file.payloadBytes));
  return { path, packets, payloadBytes: file.payloadBytes };
}
