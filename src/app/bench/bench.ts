// The packet on the bench, and the ones it was before: each edit makes another, and going back takes the one before.

import { create } from 'zustand';
import { FaultError } from '../../core/base/fault.ts';
import { startCaptureWorker, type WorkerClient } from '../../worker/client.ts';
import type { Calls, Edit, PacketDetail, Verdict } from '../../worker/protocol.ts';
import { useDetail } from '../packets/detail.ts';
import { saveBlob } from '../shared/save.ts';
import { useBenchPacket } from '../stores/bench.ts';
import { tell } from '../stores/trouble.ts';

const MOST_STEPS = 200; // that can be undone

interface BenchState {
  readonly detail: PacketDetail | null;
  readonly verdicts: readonly Verdict[];
  readonly before: readonly Uint8Array[]; // the last one is undone first
  readonly after: readonly Uint8Array[]; //  undone ones, the last is redone first
}

export const useBench = create<BenchState>()(() => ({ detail: null, verdicts: [], before: [], after: [] }));

let worker: WorkerClient<Calls> | null = null;
const client = (): WorkerClient<Calls> => (worker ??= startCaptureWorker(() => { worker = null; }));

let asked = 0;

/** What came of an edit is on the bench, unless another edit came after it. */
async function ask(bytes: Uint8Array, edit: Edit | null, steps: (changed: boolean) => Pick<BenchState, 'before' | 'after'>): Promise<void> {
  const mine = ++asked;
  try {
    const { detail, verdicts } = await client().call('bench', { bytes, edit });
    if (mine !== asked) return;
    const changed = detail.bytes.length !== bytes.length || detail.bytes.some((byte, at) => byte !== bytes[at]);
    useBench.setState({ detail, verdicts, ...steps(changed) });
    useDetail.setState({ capture: null, detail, pointed: null });
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    if (error.fault.code !== 'cancelled') tell('The envelope bench', error.fault);
  }
}

/** Puts a packet on the bench; what was there is forgotten. */
export const lay = (bytes: Uint8Array): Promise<void> => ask(bytes, null, () => ({ before: [], after: [] }));

export function edit(change: Edit): void {
  const { detail } = useBench.getState();
  if (detail) void ask(detail.bytes, change, (changed) => { const { before, after } = useBench.getState(); return changed ? { before: [...before, detail.bytes].slice(-MOST_STEPS), after: [] } : { before, after }; });
}

export function undo(): void {
  const { detail, before, after } = useBench.getState(), last = before.at(-1);
  if (detail && last) void ask(last, null, () => ({ before: before.slice(0, -1), after: [...after, detail.bytes] }));
}

export function redo(): void {
  const { detail, before, after } = useBench.getState(), next = after.at(-1);
  if (detail && next) void ask(next, null, () => ({ before: [...before, detail.bytes], after: after.slice(0, -1) }));
}

export async function saveBench(): Promise<void> {
  const { detail } = useBench.getState();
  if (detail) saveBlob(await client().call('benchFile', { bytes: detail.bytes }), 'bench.pcap');
}

/** The bench comes in front: with the packet that was taken to it, else with what was on it, else with a ping. */
export function openBench(): void {
  const { bytes } = useBenchPacket.getState();
  const { detail } = useBench.getState();
  if (bytes !== null) { useBenchPacket.setState({ bytes: null }); void lay(bytes); }
  else if (detail) useDetail.setState({ capture: null, detail, pointed: null });
  else if (asked === 0) void lay(PING.slice());
}

/** The first echo request of the mirrored ping, as it left the source. */
const PING_HEX = '0a00000000010ad393e427b2080045000054585d400040017352ac1f09908efb2a4f0800781c6cef00016516056b000000'
  + '00e89e010000000000101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f3031323334353637';
const PING = Uint8Array.from(PING_HEX.match(/../g) ?? [], (pair) => parseInt(pair, 16));
