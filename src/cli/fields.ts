import { FaultError, faultText } from '../core/base/fault.ts';
import { compile } from '../core/dissect/compile.ts';
import { Dissector } from '../core/dissect/dissect.ts';
import { isFieldName } from '../core/dissect/occurrences.ts';
import { compileFilter, type Filter } from '../core/filter/compile.ts';
import { FrameCursor } from '../core/filter/frame-cursor.ts';
import { isReferenceName } from '../core/filter/reference-names.ts';
import { PROTOCOLS } from '../core/protocols/all.ts';
import { wrongArguments } from './arguments.ts';
import type { Command, CommandIo } from './command.ts';
import { decodeAs } from './decode-as.ts';
import { FieldCells } from './field-cells.ts';
import { FieldLines } from './field-lines.ts';
import { readRequest, type FieldRequest } from './field-options.ts';
import { lineForm, type Form } from './field-forms.ts';
import { openFile, type OpenFile } from './open-file.ts';
import { localClock } from './time-zone.ts';

const HELP = `vxlens fields -r CAPTURE [-n] [-d RULE]… [-o NAME:VALUE]… [-c N] [-Y FILTER] [-T fields|json] [-E OPTION]… -e FIELD…

Prints fields of each packet, as tshark does: a line a packet, or JSON. Names are Wireshark's. Nothing is reassembled, no checksum verified
unless -o asks for it, no name looked up.

  -r CAPTURE       pcap, pcapng, snoop or ERF, gzip, zstd or lz4 too; - is standard input
  -e FIELD         a field or a protocol, as vxlan.vni; may repeat
  -Y FILTER        only packets that pass this display filter
  -c N             reads N packets at most, also with -Y
  -d RULE          decode as: udp.port==8472,vxlan; may repeat
  -o NAME:VALUE    a preference, as ip.check_checksum:TRUE or ip.defragment:TRUE; may repeat
  -T fields|json   the form; fields without it
  -E separator=C   between fields; a tab without it. C is one character, /t for a tab or /s for a space
  -E aggregator=C  between the values of one field; a comma without it
  -E occurrence=a  all values of a field; f the first, l the last
  -E header=y      the names as the first line
  -n               accepted; names are never looked up

A backspace, tab, line feed, form feed or carriage return inside a value is written \\b \\t \\n \\f \\r. frame.time follows TZ.
Exit status: 0 done; 2 wrong arguments, unreadable input, or a capture that breaks off (what was read is printed first).
`;

const FLUSH = 1 << 16; // characters

export const fields: Command = {
  help: HELP,
  async run(args, io) {
    const request = readRequest(args, io.err);
    const filter = filterOf(request.filter);
    const protocols = decodeAs(PROTOCOLS, request.decodeAs, 'fields', io.err);
    const program = compile(protocols, [...request.names, ...filter.fields]);
    const unfilled = request.names.filter((name) => !isFieldName(program, name));
    const unknown = unfilled.filter((name) => !isReferenceName(name));
    if (unknown.length > 0) throw wrongArguments('fields', `${unknown.join(', ')}: there is no such field`);
    const file = await openFile(request.capture);
    if (unfilled.length > 0) io.err(`Not filled yet, so printed empty: ${[...new Set(unfilled)].join(', ')}.`);
    const clock = localClock(process.env.TZ);
    const cells = new FieldCells(program, request.names, clock, request.preferences);
    const lines = FieldLines.of(program, request, cells.plain);
    try {
      await print(file, request, io, lineForm(request, cells.plain), lines, (frame) => {
        const dissector = new Dissector(program, { remembers: true, reassembles: request.reassembles });
        const passes = request.filter === '' ? null : filter.bind(program, request.preferences);
        return ({ bytes, start, end }) => {
          dissector.time(frame.seconds, frame.nanoseconds, frame.number);
          const tape = dissector.dissect(bytes, start, end, frame.protocol, frame.origlen);
          if (passes && !passes(tape, tape.bytes, frame, tape.start, tape.end)) return null;
          if (lines) { lines.line(tape, frame); return cells.cells; }
          cells.fill(tape, tape.bytes, tape.start, tape.end, frame);
          return cells.cells;
        };
      });
      if (!file.reader.fault) return 0;
      io.err(faultText(file.reader.fault));
      return 2;
    } finally {
      await file.close();
    }
  },
};

function filterOf(text: string): Filter {
  const compiled = compileFilter(text);
  if (compiled.ok) return compiled.filter;
  const { from, to, message } = compiled.error;
  throw new FaultError({ code: 'bad-filter', what: `The filter is wrong at “${text.slice(from, Math.max(to, from + 1))}” (character ${from + 1})`, next: `${message}.` });
}

type Record = Pick<OpenFile['reader'], 'bytes' | 'start' | 'end'>;
type Read = (record: Record) => readonly (readonly string[])[] | null;

/** One pass: what passes is printed, in pieces of 64 kB. */
async function print({ reader }: OpenFile, request: FieldRequest, io: CommandIo, form: Form, lines: FieldLines | null, start: (frame: FrameCursor) => Read): Promise<void> {
  const frame = new FrameCursor(reader);
  const read = start(frame);
  let text = form.open;
  let printed = 0;
  let count = 0;
  do {
    while (count < request.most && reader.next()) {
      count++;
      frame.step();
      const cells = read(reader);
      if (!cells) continue;
      frame.show();
      if (lines) { if (lines.size >= FLUSH) { await io.out(text + lines.take()); text = ''; } continue; }
      text += printed++ === 0 ? form.packet(cells) : form.between + form.packet(cells);
      if (text.length >= FLUSH) { await io.out(text); text = ''; }
    }
  } while (count < request.most && await reader.refill());
  await io.out(text + (lines?.take() ?? '') + form.close);
}
