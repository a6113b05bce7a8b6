// Why a packet is at the appliance only: whose it is, and what says so, in a sentence.

import { CONTROLS } from '../mirror/control.ts';
import { count, counted, listed } from '../format/number.ts';
import type { CompareResult } from './compare.ts';
import { addressText, pathText } from './path-text.ts';
import type { Path } from './sightings.ts';
import { cameOutside, outsideText } from './spans.ts';
import { interfacesOf, STRANGER, strangerWords } from './strangers.ts';
import { duration } from './timeline.ts';

const NO_SUCH = 'No source packet has this content';

/** What the time of a packet explains, where it was sent outside the source's capture. */
const TIMELY: ReadonlySet<number> = new Set([STRANGER.sameWay, STRANGER.sources, STRANGER.unknown, STRANGER.conversation, STRANGER.fromSource, STRANGER.toSource]);

/** In a few words, as `strangerWords`; what came from outside the source's capture is told as that. */
export function strangerNote(result: CompareResult, row: number): string {
  const kind = result.findings.strangers.kinds[row]!;
  const outside = TIMELY.has(kind) ? cameOutside(result, row) : null;
  return outside === null ? strangerWords(kind) : `sent ${outsideText('source', outside)}`;
}

/** Of a row of the appliance's capture that has no counterpart. */
export function strangerEvidence(result: CompareResult, row: number, ways: ReadonlySet<number>): string {
  const { matching: { b }, findings: { strangers: { kinds, rewrites } }, vni } = result;
  const kind = kinds[row]!;
  const path = b.paths[b.columns.path[standingFor(result, row)]!]!;
  if (kind >= STRANGER.control) return `Control traffic, nobody’s data: it is ${CONTROLS[kind - STRANGER.control]!.what}.`;
  switch (kind) {
    case STRANGER.otherMirror: return otherMirror(result, path, ways);
    case STRANGER.short: return `Nothing says what it is: of its ${counted(b.columns.frame[row]! + b.columns.wire[row]!, 'byte')} the capture kept ${count(b.columns.frame[row]! + b.columns.have[row]!)} (snaplen), which end before the header that would.`;
    case STRANGER.notAsked: return `It came ${pathText(path)}, and only VNI ${vni!} was to be compared.`;
    case STRANGER.sameWay: return `${NO_SUCH}, though it came the source’s own way (${pathText(path)}), ${when(result, row, 'the source’s capture missed it, or the frame is another interface’s')}.`;
    case STRANGER.head: return 'It is a fragment of an envelope of which another fragment never came: what is inside is incomplete, and no source packet begins like it.';
    case STRANGER.tail: return 'It is a fragment of an envelope whose beginning did not arrive: it goes from a mirror’s address to its target, and what the envelope holds was never said.';
    case STRANGER.fragment: return 'It is a fragment of a packet whose beginning, with the ports, did not arrive: nothing says whether it is of an envelope.';
    case STRANGER.noFrame: return `${NO_SUCH}: it went to the port of an envelope, but holds no whole envelope with a frame in it (the flag for the VNI is not set, or it ends too early).`;
    case STRANGER.otherPort: return `${NO_SUCH}: it looks like VXLAN, but went to another port than 4789, so that it is not taken for an envelope.`;
    case STRANGER.rewritten: {
      const { row: own, fields } = rewrites.get(row)!;
      return `No copy, but it has the payload of the source’s packet ${own + 1}: ${listed(fields)} changed, as an address translation (NAT) changes them.`;
    }
    case STRANGER.appliances: return `${NO_SUCH}, and it came without an envelope, from or to the appliance’s own address: the appliance’s own traffic.`;
    case STRANGER.sources: return `${NO_SUCH}, though it came without an envelope and has the source’s address, ${when(result, row, 'the source’s capture missed it, or it passed another interface')}.`;
    case STRANGER.otherInterface: return `${NO_SUCH}. It came at ${interfaceText(result, b.columns.iface[row]!)}, and this source’s packets at ${listed([...interfacesOf(result.matching)].map((iface) => interfaceText(result, iface)))}: another VNI’s, or another source’s.`;
    case STRANGER.conversation: return `${NO_SUCH}, though it has others of the same addresses and ports, ${when(result, row, 'the source’s capture missed this one, or another source uses the same addresses')}.`;
    case STRANGER.fromSource: return `${NO_SUCH}, nor has it another of this conversation, though the source’s address sent it, ${when(result, row, 'it passed another interface, or another source uses the same address')}.`;
    case STRANGER.toSource: return `${NO_SUCH}, nor has it another of this conversation, though it went to the source’s address, ${when(result, row, 'it did not get as far as the source, passed another interface, or another source uses the same address')}.`;
    case STRANGER.otherHost: return `${NO_SUCH}. It has the source’s address, but neither of its MAC addresses is the source’s: another source’s that uses the same addresses.`;
    case STRANGER.foreign: return `${NO_SUCH}, and neither of its addresses is the source’s: another source’s, or traffic of others.`;
    case STRANGER.others: return `${NO_SUCH}, and it came without an envelope, with neither the source’s address nor the appliance’s: direct traffic of others on the appliance’s wire.`;
    default: return `${NO_SUCH}, and it came without an envelope: ${cameOutside(result, row) === null ? 'traffic of the appliance’s own, or of others on its wire' : `it was sent ${when(result, row, '')}`}.`;
  }
}

/** An envelope in fragments is told by the row that stands for it. */
function standingFor({ matching: { b } }: CompareResult, row: number): number {
  for (const [standing, pieces] of b.pieces) if (pieces.some(({ packet }) => packet - 1 === row)) return standing;
  return row;
}

function otherMirror({ matching: { b } }: CompareResult, path: Path, ways: ReadonlySet<number>): string {
  const own = [...ways].map((way) => b.paths[way]!).filter(({ vnis }) => vnis.length > 0);
  if (own.length === 0) return `${NO_SUCH}. It came ${pathText(path)}: another source’s mirror, or this source’s of another time.`;
  const sameFrom = own.filter(({ ends }) => ends[0] === path.ends[0]);
  const from = own[0]!.ends[0];
  if (sameFrom.length === 0 && from !== undefined) return `${NO_SUCH}. It came ${pathText(path)}, and this source’s copies come from ${addressText(from)}: another source’s mirror.`;
  if (!own.some(({ vnis }) => vnis.join() === path.vnis.join())) return `${NO_SUCH}. It came ${pathText(path)}, and this source’s copies come ${pathText({ ...own[0]!, ends: [] })}: another source’s mirror, or another session of this one.`;
  return `${NO_SUCH}. It came ${pathText(path)}, and no packet of this source came from there to there: another source’s mirror, or another session of this one.`;
}

/** What explains it: the time, where it is outside the source's capture, or `otherwise`. */
function when(result: CompareResult, row: number, otherwise: string): string {
  const outside = cameOutside(result, row);
  return outside === null ? `while the source was captured: ${otherwise}` : `${duration(outside.by)} ${outsideText('source', outside)}`;
}

function interfaceText({ matching: { b } }: CompareResult, iface: number): string {
  const { name, number } = b.interfaces[iface]!;
  return name === '' ? `interface ${number ?? iface}` : name;
}
