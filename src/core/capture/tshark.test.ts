import { describe, expect, it } from 'vitest';
import { memorySource } from '../bytes/memory-source.ts';
import { havePublicCaptures, PUBLIC, publicCaptures, type Answers } from '../testing/public-captures.ts';
import { readRecords, type KeptRecord } from '../testing/read-records.ts';
import type { CaptureInterface } from './capture-reader.ts';
import { BLOCK, linkEncap } from './link-types.ts';


/** tshark prints seconds and nanoseconds apart from their sign, and an out-of-range fraction as it is. */
const epoch = ({ hasTime, seconds, nanoseconds }: KeptRecord): string[] | undefined =>
  hasTime ? [`${seconds < 0 || nanoseconds < 0 ? '-' : ''}${Math.abs(seconds)}.${String(Math.abs(nanoseconds)).padStart(9, '0')}`] : undefined;

/** tshark 4.0 looks names up without regard to the section, so those of later sections are not compared; an interface without a name is "unknown". */
const nameOf = (face: CaptureInterface, want: Answers['packets'][number]) =>
  face.section > 1 ? want['frame.interface_name'] : face.number === null ? undefined : [face.name || face.description || 'unknown'];

const faults = (answers: Answers): RegExp | null => (answers.exit_status === 0 ? null : /version 2.0/);

describe.skipIf(!havePublicCaptures)(`records against tshark's frame fields: ${PUBLIC}`, () => {
  it.each(publicCaptures().map((capture) => [capture.name, capture] as const))('%s', async (_, capture) => {
    const answers = capture.answers();
    const { records, reader } = await readRecords(memorySource(capture.bytes()));
    if (answers.packets.length < 100) expect(records).toHaveLength(answers.packets.length);
    for (const [i, want] of answers.packets.entries()) {
      const r = records[i]!;
      const face = reader.interfaces[r.iface]!;
      expect({
        number: [String(r.number)], epoch: epoch(r), len: [String(r.origlen)], cap: [String(r.caplen)], comments: reader.comments.get(r.number),
        encap: face.linkType === BLOCK ? undefined : [String(linkEncap(face.linkType))],
        id: face.number === null ? undefined : [String(face.number)], name: nameOf(face, want), description: face.description === '' ? undefined : [face.description],
        section: reader.format !== 'pcapng' ? undefined : [String(face.section)], flags: r.flags < 0 ? undefined : [`0x${r.flags.toString(16).padStart(8, '0')}`],
      }).toEqual({
        number: want['frame.number'], epoch: want['frame.time_epoch'], len: want['frame.len'], cap: want['frame.cap_len'], comments: want['frame.comment'],
        encap: want['frame.encap_type'], id: want['frame.interface_id'], name: want['frame.interface_name'], description: want['frame.interface_description'],
        section: want['frame.section_number'], flags: want['frame.packet_flags'],
      });
    }
    const fault = faults(answers);
    if (fault) expect(reader.fault?.what).toMatch(fault);
    else expect(reader.fault).toBeNull();
  });
});
