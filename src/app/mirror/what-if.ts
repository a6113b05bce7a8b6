// Captures made of captures: the appliance's of a source's, and what is in the envelopes.

import { create } from 'zustand';
import { FaultError, faultText } from '../../core/base/fault.ts';
import type { CompareProgress, Made, WhatIfText } from '../../worker/compare-protocol.ts';
import { chosenSides, client } from '../compare/compare-run.ts';
import { saveBlob } from '../shared/save.ts';
import { captureOf, useCaptures, type CaptureId, type OpenCapture } from '../stores/captures.ts';
import { mirrorOf } from '../stores/mirror.ts';
import { callCapture, openCaptures } from '../stores/workers.ts';

/** What is typed into either dialog; '' where nothing is. */
export interface Given extends WhatIfText { readonly targetType: string; readonly packetLength: string; readonly port: string; readonly local: string; readonly format: 'pcap' | 'pcapng' }

const NOTHING_GIVEN: Given = { sourceIp: '', sourceMac: '', targetIp: '', targetMac: '', mtu: '', sourceMtu: '', vni: '', targetType: 'network-interface', packetLength: '', port: '', local: '', format: 'pcap' };

interface WhatIfState {
  readonly open: 'mirror' | 'unwrap' | null;
  readonly capture: CaptureId | null;
  readonly given: Given;
  readonly plan: readonly string[]; //     what would happen
  readonly trouble: string | null; //      why it cannot
  readonly progress: CompareProgress | null;
  readonly running: boolean;
  readonly made: (Made & { readonly name: string }) | null;
}

const CLOSED: WhatIfState = { open: null, capture: null, given: NOTHING_GIVEN, plan: [], trouble: null, progress: null, running: false, made: null };
export const useWhatIf = create<WhatIfState>()(() => CLOSED);

export function openWhatIf(open: 'mirror' | 'unwrap'): void {
  const { source, appliance } = chosenSides();
  const shown = captureOf(useCaptures.getState().shown);
  const capture = open === 'mirror' ? source ?? shown : appliance ?? shown;
  useWhatIf.setState({ ...CLOSED, open, capture: capture?.id ?? null });
  if (open === 'mirror') void plan();
}

export function closeWhatIf(): void { stop.abort(); useWhatIf.setState(CLOSED); }

export function give(change: Partial<Given>): void {
  useWhatIf.setState(({ given }) => ({ given: { ...given, ...change }, made: null, trouble: null }));
  if (useWhatIf.getState().open === 'mirror') void plan();
}

export function takeCapture(capture: CaptureId): void {
  useWhatIf.setState({ capture, made: null, trouble: null });
  if (useWhatIf.getState().open === 'mirror') void plan();
}

export const capture = (): OpenCapture | undefined => captureOf(useWhatIf.getState().capture);

/** The rules of the capture's mirror; where there are none, a session that takes every IP packet. */
function files({ targetType, packetLength }: Given): { name: string; text: string }[] {
  const rules = mirrorOf(capture());
  if (rules !== null) return [{ name: 'The rules', text: rules }];
  const all = ['0.0.0.0/0', '::/0'].map((any, at) => ({ RuleNumber: at + 1, RuleAction: 'accept', SourceCidrBlock: any, DestinationCidrBlock: any }));
  const session = { SessionNumber: 1, TrafficMirrorTargetId: 'target-1', ...(packetLength.trim() === '' ? {} : { PacketLength: packetLength }) };
  return [{ name: 'The session', text: JSON.stringify([session, { TrafficMirrorTargetId: 'target-1', Type: targetType }, { IngressFilterRules: all, EgressFilterRules: all }]) }];
}

let asked = 0;

/** Says beforehand what would happen. */
async function plan(): Promise<void> {
  const mine = ++asked;
  const { given } = useWhatIf.getState();
  try {
    const sentences = await client().call('mirrorPlan', { files: files(given), given });
    if (mine === asked) useWhatIf.setState({ plan: sentences, trouble: null });
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    if (mine === asked) useWhatIf.setState({ plan: [], trouble: faultText(error.fault) });
  }
}

let stop = new AbortController();

/** Makes it. What goes wrong is told in the dialog. */
export async function make(): Promise<void> {
  const { open, given } = useWhatIf.getState();
  const from = capture();
  if (!from || open === null) return;
  stop.abort();
  const { signal } = (stop = new AbortController());
  const options = { signal, onProgress: (progress: CompareProgress) => { if (!signal.aborted) useWhatIf.setState({ progress }); } };
  useWhatIf.setState({ running: true, progress: null, made: null, trouble: null });
  try {
    const blob = await callCapture(from.id, 'blob', {}, { signal });
    const pcapng = given.format === 'pcapng';
    const made = open === 'mirror' ? await client().call('mirrored', { capture: blob, files: files(given), given, pcapng }, options) : await client().call('unwrapped', { capture: blob, ...given, pcapng }, options);
    if (!signal.aborted) useWhatIf.setState({ running: false, made: { ...made, name: `${bare(from.name)}-${open === 'mirror' ? 'mirrored' : 'unwrapped'}.${made.format}` } });
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    if (!signal.aborted) useWhatIf.setState({ running: false, trouble: error.fault.code === 'cancelled' ? null : faultText(error.fault) });
  }
}

export const cancelMake = (): void => { stop.abort(); useWhatIf.setState({ running: false }); };

const bare = (name: string): string => name.replace(/(\.(pcapng|pcap|cap))?(\.gz)?$/i, '');

export function saveMade(): void {
  const { made } = useWhatIf.getState();
  if (made) saveBlob(made.file, made.name);
}

export function openMade(): void {
  const { made } = useWhatIf.getState();
  if (made) openCaptures([{ file: made.file, name: made.name, origin: null }]);
  closeWhatIf();
}
