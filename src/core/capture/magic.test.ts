import { expect, it } from 'vitest';
import { faultText } from '../base/fault.ts';
import { memorySource } from '../bytes/memory-source.ts';
import { fromHex, utf8 } from '../testing/bytes.ts';
import { havePublicCaptures, publicCaptures } from '../testing/public-captures.ts';
import { openCapture } from './capture-reader.ts';

const said = async (bytes: Uint8Array): Promise<string> => {
  try {
    await openCapture(memorySource(bytes));
    return 'opened';
  } catch (e) {
    return e instanceof Error && 'fault' in e ? faultText(e.fault as Parameters<typeof faultText>[0]) : String(e);
  }
};

it.each([
  ['nothing', new Uint8Array(0), 'The file is empty. Choose another one, or capture again.'],
  ['a snoop capture', fromHex('736e6f6f70000000 00000002 00000004'), 'This is a snoop capture, which is not read. Turn it into a pcapng with `editcap in.snoop out.pcapng` and open that.'],
  ['zstd', fromHex('28b52ffd 0458'), 'This is compressed with zstd. Unpack it with `zstd -d` and open what comes out.'],
  ['a page that a server sent instead', utf8('\n<!DOCTYPE html>\n<html><head><title>404 Not Found</title>'), 'This is an HTML page, not a capture. Choose a capture in pcap or pcapng form.'],
  ['JSON', utf8('{"frames": []}'), 'This is JSON, not a capture. Choose a capture in pcap or pcapng form.'],
  ['rules', utf8('alert icmp any any -> any any (msg:"PING"; sid:1;)'), 'This looks like a rule file, not a capture. Choose a capture in pcap or pcapng form.'],
  ['text that is cut inside a character', utf8('Grüße und viele Umlaute: äöüäöüäöüäöüäöüäöüäöü').subarray(0, 64), 'This is a text file, not a capture. Choose a capture in pcap or pcapng form.'],
  ['an ERF capture', fromHex('00000080 00f15365 02 04 0050 0000 0040 0000 ffffffffffff'), 'This looks like an ERF capture, which is not read. Turn it into a pcapng with `editcap in.erf out.pcapng` and open that.'],
  ['noise', fromHex('00ff1002 01020304'), 'This is no capture: it begins with 00 ff 10 02. Choose a capture in pcap or pcapng form.'],
  ['a pcapng that went through a text transfer', fromHex('0a0d0a0a 00000000'), 'This is a pcapng whose line ends were changed by a text transfer. Transfer it again in binary mode.'],
])('says what %s is', async (_, bytes, text) => expect(await said(bytes)).toBe(text));

it.skipIf(!havePublicCaptures)('says what a real snoop capture is', async () => {
  const snoop = publicCaptures('format').find(({ name }) => name.endsWith('.snoop'))!;
  expect(await said(snoop.bytes())).toMatch(/^This is a snoop capture/);
});
