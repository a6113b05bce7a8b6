import { ack } from './ack.ts';
import { alert } from './alert.ts';
import { bsize } from './bsize.ts';
import { byteExtract } from './byte-extract.ts';
import { byteJump } from './byte-jump.ts';
import { byteMath } from './byte-math.ts';
import { byteTest } from './byte-test.ts';
import { classtype } from './classtype.ts';
import { content } from './content.ts';
import { decodeEvent } from './decode-event.ts';
import { depth } from './depth.ts';
import { distance } from './distance.ts';
import { dsize } from './dsize.ts';
import { endswith } from './endswith.ts';
import { fastPattern } from './fast-pattern.ts';
import { flags } from './flags.ts';
import { flow } from './flow.ts';
import { flowbits } from './flowbits.ts';
import { fragbits } from './fragbits.ts';
import { fragoffset } from './fragoffset.ts';
import { gid } from './gid.ts';
import { icmpId } from './icmp-id.ts';
import { icmpSeq } from './icmp-seq.ts';
import { icmpv6Mtu } from './icmpv6-mtu.ts';
import { icode } from './icode.ts';
import { ipId } from './id.ts';
import { ipopts } from './ipopts.ts';
import { ipProto } from './ip-proto.ts';
import { isdataat } from './isdataat.ts';
import { itype } from './itype.ts';
import type { Keyword } from './keyword.ts';
import { metadata } from './metadata.ts';
import { msg } from './msg.ts';
import { noalert } from './noalert.ts';
import { nocase } from './nocase.ts';
import { offset } from './offset.ts';
import { pcre } from './pcre.ts';
import { prefilter } from './prefilter.ts';
import { priority } from './priority.ts';
import { rawbytes } from './rawbytes.ts';
import { reference } from './reference.ts';
import { rev } from './rev.ts';
import { sameip } from './sameip.ts';
import { seq } from './seq.ts';
import { sid } from './sid.ts';
import { startswith } from './startswith.ts';
import { stickyBuffers } from './sticky-buffers.ts';
import { target } from './target.ts';
import { tcpMss } from './tcp-mss.ts';
import { tcpWscale } from './tcp-wscale.ts';
import { tos } from './tos.ts';
import { ttl } from './ttl.ts';
import { vlanId } from './vlan-id.ts';
import { vlanLayers } from './vlan-layers.ts';
import { window } from './window.ts';
import { within } from './within.ts';

/** Every keyword that is evaluated here. */
export const KEYWORDS: readonly Keyword[] = [
  msg, sid, gid, rev, classtype, priority, reference, metadata, target, noalert, alert, prefilter,
  itype, icode, icmpId, icmpSeq, icmpv6Mtu, ttl, tos, ipId, ipProto, fragbits, fragoffset, ipopts, sameip, dsize, flags, seq, ack, window, tcpMss, tcpWscale, vlanId, vlanLayers, decodeEvent, flow, flowbits,
  content, nocase, offset, depth, distance, within, startswith, endswith, fastPattern, rawbytes, pcre, isdataat, bsize, byteTest, byteJump, byteExtract, byteMath,
  ...stickyBuffers,
];

export const KEYWORDS_BY_NAME: ReadonlyMap<string, Keyword> = new Map(KEYWORDS.flatMap((keyword) => keyword.names.map((name) => [name, keyword])));
