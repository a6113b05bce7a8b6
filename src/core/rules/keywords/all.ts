import { absent } from './absent.ts';
import { ack } from './ack.ts';
import { alert } from './alert.ts';
import { appBufferKeywords } from './app-buffers.ts';
import { appLayerEvent } from './app-layer-event.ts';
import { appLayerProtocol } from './app-layer-protocol.ts';
import { base64Decode } from './base64-decode.ts';
import { bsize } from './bsize.ts';
import { byteExtract } from './byte-extract.ts';
import { byteJump } from './byte-jump.ts';
import { byteMath } from './byte-math.ts';
import { byteTest } from './byte-test.ts';
import { checksums } from './checksums.ts';
import { classtype } from './classtype.ts';
import { content } from './content.ts';
import { decodeEvent } from './decode-event.ts';
import { depth } from './depth.ts';
import { detectionFilter } from './detection-filter.ts';
import { distance } from './distance.ts';
import { dnsNumbers } from './dns-numbers.ts';
import { dsize } from './dsize.ts';
import { endswith } from './endswith.ts';
import { entropy } from './entropy.ts';
import { envelope } from './envelope.ts';
import { fastPattern } from './fast-pattern.ts';
import { flags } from './flags.ts';
import { flowAge } from './flow-age.ts';
import { flowCounts } from './flow-counts.ts';
import { flow } from './flow.ts';
import { flowbits } from './flowbits.ts';
import { flowint } from './flowint.ts';
import { fragbits } from './fragbits.ts';
import { fragoffset } from './fragoffset.ts';
import { gid } from './gid.ts';
import { hostbits } from './hostbits.ts';
import { icmpId } from './icmp-id.ts';
import { icmpSeq } from './icmp-seq.ts';
import { icmpv6Mtu } from './icmpv6-mtu.ts';
import { icode } from './icode.ts';
import { ipId } from './id.ts';
import { igmpType } from './igmp-type.ts';
import { ipProto } from './ip-proto.ts';
import { ipopts } from './ipopts.ts';
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
import { requires } from './requires.ts';
import { rev } from './rev.ts';
import { sameip } from './sameip.ts';
import { sctpChunkCount } from './sctp-chunk-cnt.ts';
import { sctpChunkType } from './sctp-chunk-type.ts';
import { sctpVtag } from './sctp-vtag.ts';
import { seq } from './seq.ts';
import { sid } from './sid.ts';
import { startswith } from './startswith.ts';
import { stickyBuffers } from './sticky-buffers.ts';
import { streamEvent } from './stream-event.ts';
import { streamSize } from './stream-size.ts';
import { tag } from './tag.ts';
import { target } from './target.ts';
import { tcpMss } from './tcp-mss.ts';
import { tcpWscale } from './tcp-wscale.ts';
import { threshold } from './threshold.ts';
import { tlsConditions } from './tls-conditions.ts';
import { tos } from './tos.ts';
import { transforms } from './transforms.ts';
import { ttl } from './ttl.ts';
import { uricontent } from './uricontent.ts';
import { urilen } from './urilen.ts';
import { vlanId } from './vlan-id.ts';
import { vlanLayers } from './vlan-layers.ts';
import { window } from './window.ts';
import { within } from './within.ts';
import { xbits } from './xbits.ts';

/** Every keyword that is evaluated here. */
export const KEYWORDS: readonly Keyword[] = [
  msg, sid, gid, rev, classtype, priority, reference, metadata, target, noalert, alert, prefilter,
  itype, icode, icmpId, icmpSeq, icmpv6Mtu, ttl, tos, ipId, ipProto, fragbits, fragoffset, ipopts, sameip, dsize, flags, seq, ack, window, tcpMss, tcpWscale, vlanId, vlanLayers, decodeEvent, streamEvent, streamSize, appLayerProtocol, flow, flowbits, flowint, flowAge, ...flowCounts, xbits, hostbits,
  igmpType, sctpVtag, sctpChunkCount, sctpChunkType, ...checksums, threshold, detectionFilter, tag, requires,
  content, nocase, offset, depth, distance, within, startswith, endswith, fastPattern, rawbytes, pcre, isdataat, bsize, byteTest, byteJump, byteExtract, byteMath, base64Decode, absent, entropy,
  ...stickyBuffers, ...appBufferKeywords, uricontent, urilen, ...dnsNumbers, ...tlsConditions, appLayerEvent, ...transforms, ...envelope,
];

export const KEYWORDS_BY_NAME: ReadonlyMap<string, Keyword> = new Map(KEYWORDS.flatMap((keyword) => keyword.names.map((name) => [name, keyword])));
