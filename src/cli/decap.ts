import { faultText } from '../core/base/fault.ts';
import { decapCapture } from '../core/mirror/decap-capture.ts';
import { decapWords } from '../core/mirror/report-words.ts';
import { ipArgument, numberArgument, readArguments, wrongArguments } from './arguments.ts';
import type { Command } from './command.ts';
import { openFile } from './open-file.ts';
import { isPcapngName, outFile } from './out-file.ts';
import { point } from './point.ts';

const HELP = `vxlens decap -r IN -w OUT [--vni N] [--port P] [--local ADDRESS]

Takes the VXLAN envelopes off, as a Linux VXLAN interface does: UDP destination port, I flag, reserved bits, lengths and checksums are checked as the kernel checks
them, fragments of the outer packet are put together first. What is left is written as a pcap; as a pcapng where OUT ends in .pcapng, or where IN is one,
whose interfaces, comments, names, keys and custom blocks are kept.

  -r IN            pcap, pcapng, snoop or ERF, compressed or not; IN#INTERFACE (name or number) is one interface of a pcapng; - is standard input
  -w OUT           the capture to write; - is standard output
  --vni N          only this VNI
  --port P         the UDP destination port, 4789 without it
  --local ADDRESS  only envelopes sent to this IPv4 or IPv6 address

Exit status: 0 done; 2 wrong arguments or unreadable input, or a capture that breaks off (what came before is written).
`;

const OPTIONS = { read: { type: 'string', short: 'r' }, write: { type: 'string', short: 'w' }, vni: { type: 'string' }, port: { type: 'string' }, local: { type: 'string' } } as const;
const MOST_VNI = 0xff_ffff;

export const decap: Command = {
  help: HELP,
  async run(args, io) {
    const { values, positionals } = readArguments('decap', args, OPTIONS);
    if (positionals.length > 0) throw wrongArguments('decap', `“${positionals[0]!}” belongs to no option`);
    if (values.read === undefined) throw wrongArguments('decap', 'The capture, -r IN, is missing');
    if (values.write === undefined) throw wrongArguments('decap', 'The file to write, -w OUT, is missing');
    const options = {
      vni: values.vni === undefined ? undefined : numberArgument('decap', '--vni', values.vni, 0, MOST_VNI),
      port: values.port === undefined ? undefined : numberArgument('decap', '--port', values.port, 0, 0xffff),
      pcapng: isPcapngName(values.write),
      local: values.local === undefined ? undefined : ipArgument('decap', '--local', values.local),
    };
    const { path, face } = point(values.read);
    const { reader, close } = await openFile(path);
    try {
      const out = outFile(values.write, path);
      try {
        const report = await decapCapture(reader, (piece) => out.write(piece), { ...options, interface: face });
        for (const line of decapWords(report)) io.err(line);
        if (report.fault === null) return 0;
        io.err(faultText(report.fault));
        return 2;
      } finally { out.close(); }
    } finally { await close(); }
  },
};
