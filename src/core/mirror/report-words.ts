// What was made of a capture, in sentences: one a line, the reasons for what was left out indented.

import { count, counted } from '../format/number.ts';
import type { DecapReport } from './decap-capture.ts';
import { REFUSALS } from './decapsulate.ts';
import type { MirrorReport } from './mirror-capture.ts';

export function mirrorWords({ plan, packets, frames, split, tooLarge, cut, inPart, leftOut }: MirrorReport): string[] {
  const made = frames.reduce((sum, n) => sum + n, 0);
  const bySession = frames.length < 2 ? [] : plan.mirrorings.flatMap(({ session, ours }, i) => (ours ? [`  ${count(frames[i]!)} by session ${session.number}${session.id === '' ? '' : `, ${session.id}`}`] : []));
  return [
    `${counted(made, 'frame')} of ${counted(packets, 'packet')}${cut === 0 ? '' : `, ${count(cut)} of them cut`}.`,
    ...bySession,
    ...split === 0 ? [] : [`${counted(split, 'packet was', 'packets were')} larger than the source’s MTU of ${count(plan.sourceMtu)} or than the other end takes: the network card sends them in segments, and the mirror sees those.`],
    ...tooLarge === 0 ? [] : [`${counted(tooLarge, 'packet is', 'packets are')} larger than the source’s MTU of ${count(plan.sourceMtu)} and not of TCP: how the network card divides them is not to be seen, so they stay whole.`],
    ...inPart === 0 ? [] : [`The capture holds ${counted(inPart, 'packet')} in part only; so do the copies.`],
    ...leftOut.length === 0 ? [] : ['Left out:', ...leftOut.map(([reason, n]) => `  ${count(n)}: ${reason}`)],
  ];
}

export function decapWords({ packets, frames, refused }: DecapReport): string[] {
  const reasons = [...refused].sort(([, p], [, q]) => q - p).map(([refusal, n]) => `  ${count(n)}: ${REFUSALS[refusal]}`);
  return [`${counted(frames, 'frame')} of ${counted(packets, 'packet')}.${reasons.length > 0 ? ' The others:' : ''}`, ...reasons];
}
