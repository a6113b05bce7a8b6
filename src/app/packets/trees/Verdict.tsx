import type { ChecksumVerdict } from '../../../worker/protocol.ts';

const WORDS: Readonly<Record<ChecksumVerdict, { readonly word: string; readonly sign: string; readonly why: string }>> = {
  good: { word: 'good', sign: '✓', why: 'The checksum agrees with the bytes.' },
  bad: { word: 'bad', sign: '✗', why: 'The checksum does not agree with the bytes. Where the sender’s card fills it in later, or a mirror cut the packet, that is expected.' },
  absent: { word: 'absent', sign: '–', why: 'The sender left the checksum out (0), as UDP over IPv4 and VXLAN envelopes may.' },
  unchecked: { word: 'not checkable', sign: '?', why: 'Not all bytes that the checksum covers were captured, or they are in other fragments.' },
};

export const verdictText = (verdict: ChecksumVerdict): string => WORDS[verdict].word;

/** What was found when a checksum was computed: a sign of its own, so that it needs no colour. The word stands in the field's text. */
export function Verdict({ verdict }: { verdict: ChecksumVerdict }) {
  const { sign, why } = WORDS[verdict];
  return <span className={`verdict ${verdict}`} title={why} aria-hidden>{sign}</span>;
}
