import { expect, it } from 'vitest';
import { faultText } from '../base/fault.ts';
import { memorySource } from '../bytes/memory-source.ts';
import { fromHex, utf8 } from '../testing/bytes.ts';
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
  ['zstd inside what was unpacked', fromHex('28b52ffd 0458'), 'This is compressed with zstd. Unpack it and open what comes out.'],
  ['a page that a server sent instead', utf8('\n<!DOCTYPE html>\n<html><head><title>404 Not Found</title>'), 'This is an HTML page, not a capture. Choose a capture in pcap or pcapng form.'],
  ['JSON', utf8('{"frames": []}'), 'This is JSON, not a capture. Choose a capture in pcap or pcapng form.'],
  ['rules', utf8('alert icmp any any -> any any (msg:"PING"; sid:1;)'), 'This looks like a rule file, not a capture. Choose a capture in pcap or pcapng form.'],
  ['text that is cut inside a character', utf8('Grüße und viele Umlaute: äöüäöüäöüäöüäöüäöüäöü').subarray(0, 64), 'This is a text file, not a capture. Choose a capture in pcap or pcapng form.'],
  ['noise', fromHex('00ff1002 01020304'), 'This is no capture: it begins with 00 ff 10 02. Choose a capture in pcap or pcapng form.'],
  ['a pcapng that went through a text transfer', fromHex('0a0d0a0a 00000000'), 'This is a pcapng whose line ends were changed by a text transfer. Transfer it again in binary mode.'],
])('says what %s is', async (_, bytes, text) => expect(await said(bytes)).toBe(text));
