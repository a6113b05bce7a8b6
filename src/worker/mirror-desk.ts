// What a mirror would do, and what its envelopes hold: captures made of captures.

import { FaultError, faultText, type Fault } from '../core/base/fault.ts';
import { blobSource } from '../core/bytes/blob-source.ts';
import { openCapture } from '../core/capture/capture-reader.ts';
import { ipv4Bytes, ipv6Bytes, macBytes } from '../core/mirror/cidr.ts';
import { decapCapture } from '../core/mirror/decap-capture.ts';
import { mirrorCapture } from '../core/mirror/mirror-capture.ts';
import { readMirrors } from '../core/mirror/read-mirror.ts';
import { decapWords, mirrorWords } from '../core/mirror/report-words.ts';
import { SourceInterface } from '../core/mirror/source-interface.ts';
import { planWhatIf, type WhatIfOptions } from '../core/mirror/what-if-plan.ts';
import { breathing } from './breathe.ts';
import type { CompareCalls, Made, WhatIfText } from './compare-protocol.ts';
import type { Context } from './protocol.ts';

type Call<C extends 'mirrored' | 'unwrapped'> = [request: CompareCalls[C]['request'], context: Context<CompareCalls[C]['progress']>];

/** What would happen, before a capture is looked at. */
export function mirrorPlan({ files, given }: CompareCalls['mirrorPlan']['request']): readonly string[] {
  const mirror = readMirrors(files);
  return [...mirror.notes, ...planWhatIf(mirror, new SourceInterface(), optionsOf(given)).said];
}

/** The appliance's capture of a source's. */
export async function mirrored(...[{ capture, files, given, pcapng }, { signal, progress }]: Call<'mirrored'>): Promise<Made> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  const onProgress = (step: string, done: number): void => progress({ step, done, total: capture.size });
  const report = await mirrorCapture(breathing(blobSource(capture)), (piece) => pieces.push(piece), readMirrors(files), { ...optionsOf(given), pcapng, signal, onProgress });
  return made(pieces, report.frames.reduce((sum, n) => sum + n, 0), [...mirrorWords(report), ...report.plan.assumptions.map(({ text }) => `${text}.`)], report.fault);
}

/** What a VXLAN interface would have seen. */
export async function unwrapped(...[{ capture, vni, port, local, pcapng }, { signal, progress }]: Call<'unwrapped'>): Promise<Made> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  const options = { vni: numberOf('The VNI', vni, 0, 0xff_ffff), port: numberOf('The UDP port', port, 0, 0xffff), local: addressOf('The local address', local), pcapng };
  const reader = await openCapture(breathing(blobSource(capture)));
  try {
    const report = await decapCapture(reader, (piece) => pieces.push(piece), { ...options, onProgress: (done) => progress({ step: 'taking envelopes off', done, total: capture.size }) }, signal);
    return made(pieces, report.frames, decapWords(report), report.fault);
  } finally { await reader.close(); }
}

const PCAPNG = 0x0a; // the first byte of a section header block

const made = (pieces: Uint8Array<ArrayBuffer>[], frames: number, lines: readonly string[], fault: Fault | null): Made =>
  ({ file: new Blob(pieces), format: pieces[0]?.[0] === PCAPNG ? 'pcapng' : 'pcap', frames, lines: fault === null ? lines : [...lines, faultText(fault)] });

const optionsOf = ({ sourceIp, sourceMac, targetIp, targetMac, mtu, sourceMtu, vni }: WhatIfText): WhatIfOptions => ({
  sourceIp: addressOf('The source’s address', sourceIp), sourceMac: macOf('The source’s MAC address', sourceMac),
  targetIp: addressOf('The target’s address', targetIp), targetMac: macOf('The target’s MAC address', targetMac),
  mtu: numberOf('The target’s MTU', mtu, 68, 0xffff), sourceMtu: numberOf('The source’s MTU', sourceMtu, 68, 0xffff), vni: numberOf('The VNI', vni, 0, 0xff_ffff),
});

const wrong = (what: string, next: string): FaultError => new FaultError({ code: 'unsupported', what, next });

/** undefined where nothing is typed. */
function addressOf(name: string, text: string): Uint8Array | undefined {
  if (text.trim() === '') return undefined;
  const bytes = ipv4Bytes(text.trim()) ?? ipv6Bytes(text.trim());
  if (bytes === null) throw wrong(`${name}, ${text}, is no IPv4 or IPv6 address`, 'Write it as 172.31.4.131 or 2001:db8::1.');
  return bytes;
}

function macOf(name: string, text: string): Uint8Array | undefined {
  if (text.trim() === '') return undefined;
  const bytes = macBytes(text.trim());
  if (bytes === null) throw wrong(`${name}, ${text}, is none`, 'Write it as 0a:36:d2:fc:94:2e.');
  return bytes;
}

function numberOf(name: string, text: string, least: number, most: number): number | undefined {
  if (text.trim() === '') return undefined;
  const n = /^\s*(\d+|0x[0-9a-f]+)\s*$/i.test(text) ? Number(text) : NaN;
  if (n >= least && n <= most) return n;
  throw wrong(`${name}, ${text}, is no number from ${least} to ${most.toLocaleString('en-US')}`, 'Change it, or leave it empty.');
}
