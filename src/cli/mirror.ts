import { faultText } from '../core/base/fault.ts';
import { mirrorCapture } from '../core/mirror/mirror-capture.ts';
import { mirrorWords } from '../core/mirror/report-words.ts';
import { ipArgument, macArgument, numberArgument, readArguments, wrongArguments } from './arguments.ts';
import type { Command } from './command.ts';
import { mirrorFiles } from './mirror-files.ts';
import { isPcapngName, outFile } from './out-file.ts';
import { point } from './point.ts';
import { seekableFile } from './seekable-file.ts';

const HELP = `vxlens mirror -r IN -w OUT --session FILE… [--filter FILE]… [--source-ip A] [--source-mac M] [--target-ip A] [--target-mac M] [--mtu N] [--source-mtu N] [--vni N]

Makes of a source's capture what the mirror's appliance would have seen: the filter applied (ARP, DHCP, NTP and instance metadata are never mirrored), TCP
packets larger than the source’s MTU in the segments that its network card makes of them, frames cut to what the target takes, each in its VXLAN envelope, and in
GENEVE as well where the target is a Gateway Load Balancer's endpoint. Of several sessions the first by number whose filter takes a packet mirrors it. Written as a pcap; as a pcapng where OUT ends in .pcapng, or where IN is one.

  -r IN            pcap, pcapng, snoop or ERF, compressed or not; IN#INTERFACE (name or number) is one interface of a pcapng; - is standard input
  -w OUT           the capture to write; - is standard output
  --session FILE…  what aws ec2 describe-traffic-mirror-sessions, -targets and -filters print, in one file or several
  --filter FILE    the same; for files apart
  --source-ip A    the mirrored interface's address, which the envelope comes from
  --source-mac M   its MAC address, by which the direction of each packet is told
  --target-ip A    the address that the envelope goes to; an IPv6 address makes an IPv6 envelope
  --target-mac M   the MAC address that it goes to
  --mtu N          the MTU of a target that is an instance, 9001 without it
  --source-mtu N   the source’s MTU, without it as the source told it when it began a connection (TCP’s MSS)
  --vni N          the session with this VNI; the VNI where no session has it

What neither the files nor the options say comes from the capture, and is told on standard error.
Exit status: 0 done; 2 wrong arguments or unreadable input, or a capture that breaks off (what came before is written).
`;

const TEXT = { type: 'string' } as const, TEXTS = { type: 'string', multiple: true } as const;
const OPTIONS = {
  read: { type: 'string', short: 'r' }, write: { type: 'string', short: 'w' }, session: TEXTS, filter: TEXTS,
  'source-ip': TEXT, 'source-mac': TEXT, 'target-ip': TEXT, 'target-mac': TEXT, mtu: TEXT, 'source-mtu': TEXT, vni: TEXT,
} as const;

const MOST_VNI = 0xff_ffff;
const LEAST_MTU = 68; // RFC 791
const mtuArgument = (command: string, option: string, text: string): number => numberArgument(command, option, text, LEAST_MTU, 0xffff);

export const mirror: Command = {
  help: HELP,
  async run(args, io) {
    const { values, positionals } = readArguments('mirror', args, OPTIONS);
    if (values.read === undefined) throw wrongArguments('mirror', 'The capture, -r IN, is missing');
    if (values.write === undefined) throw wrongArguments('mirror', 'The file to write, -w OUT, is missing');
    const files = [...values.session ?? [], ...positionals, ...values.filter ?? []]; // --session takes several files after it
    if (files.length === 0) throw wrongArguments('mirror', 'The mirror’s rules, --session FILE, are missing');
    const given = <T>(option: keyof typeof OPTIONS, read: (command: string, option: string, text: string) => T): T | undefined => {
      const text = values[option];
      return typeof text === 'string' ? read('mirror', `--${option}`, text) : undefined;
    };
    const options = {
      sourceIp: given('source-ip', ipArgument), targetIp: given('target-ip', ipArgument), sourceMac: given('source-mac', macArgument), targetMac: given('target-mac', macArgument),
      mtu: given('mtu', mtuArgument), sourceMtu: given('source-mtu', mtuArgument), vni: given('vni', (command, option, text) => numberArgument(command, option, text, 0, MOST_VNI)),
      pcapng: isPcapngName(values.write),
    };
    const rules = mirrorFiles(files);
    for (const note of rules.notes) io.err(note);
    const { path, face } = point(values.read);
    const input = await seekableFile(path);
    try {
      const out = outFile(values.write, path);
      try {
        const report = await mirrorCapture(input.source, (piece) => out.write(piece), rules, { ...options, interface: face });
        for (const line of report.plan.said) io.err(line);
        for (const { text, of } of report.plan.assumptions) io.err(`${text}; --${of} says otherwise.`);
        for (const line of mirrorWords(report)) io.err(line);
        if (report.fault === null) return 0;
        io.err(faultText(report.fault));
        return 2;
      } finally { out.close(); }
    } finally { input.close(); }
  },
};
