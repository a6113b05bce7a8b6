// The envelope bench: one packet that is put together by hand, dissected after each edit.

import { bareFrame } from '../core/dissect/frame.ts';
import { describe, sourcesOf } from '../core/dissect/describe.ts';
import { Dissector } from '../core/dissect/dissect.ts';
import { layersOf } from '../core/dissect/layer.ts';
import { edited, MOST_BYTES, type Edit } from '../core/envelope/edits.ts';
import { receivers } from '../core/envelope/receivers.ts';
import { pcapWriter } from '../core/export/pcap-writer.ts';
import { firstProtocol } from '../core/protocols/all.ts';
import { GrowingBlob } from './growing-blob.ts';
import { USUAL } from './places.ts';
import type { BenchReply } from './protocol.ts';

const ETHERNET_LINK = 1;
const { program: PROGRAM } = USUAL;
const dissector = new Dissector(PROGRAM);
const FRAME = firstProtocol('eth');

const dissect = (bytes: Uint8Array) => dissector.dissect(bytes, 0, bytes.length, FRAME, bytes.length);

/** The packet after an edit, with what receivers make of it. A packet that is longer than any frame is cut. */
export function bench(given: Uint8Array, edit: Edit | null): BenchReply {
  const before = given.subarray(0, MOST_BYTES);
  const bytes = edit === null ? before : edited(before, edit, layersOf(PROGRAM, dissect(before), before));
  const tape = dissect(bytes);
  const detail = { number: 1, bytes, all: bytes, sources: sourcesOf(PROGRAM, tape, bytes.length), inPlace: true, remarks: [], origlen: bytes.length, time: '', interfaceName: '', comments: [], ...describe(PROGRAM, tape, bytes, bareFrame(bytes.length)) };
  return { detail, verdicts: receivers(bytes) };
}

/** A capture of this one packet, at the time of the first second there is. */
export function benchFile(bytes: Uint8Array): Blob {
  const file = new GrowingBlob();
  const writer = pcapWriter(file.add, { linkType: ETHERNET_LINK });
  writer.packet({ seconds: 0, nanoseconds: 0, bytes });
  writer.end();
  return file.end('application/vnd.tcpdump.pcap');
}
