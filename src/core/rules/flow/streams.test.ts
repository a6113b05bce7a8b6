// What rules find in reassembled streams, on sessions written here packet by packet. The rules of the game are those of Suricata's stream engine: data is looked at once it is acknowledged and there is enough
// of it or the session ends, and what was looked at is not looked at again.

import { describe, expect, it } from 'vitest';
import { Matcher } from '../match/matcher.ts';
import { parseRules } from '../parse/parse-rules.ts';
import { type RuleSettings, STOCK_SETTINGS } from '../settings/settings.ts';

const [FIN, SYN, RST, PSH, ACK, URG] = [1, 2, 4, 8, 16, 32];
interface Step { readonly toServer: boolean; readonly flags: number; readonly seq: number; readonly ack: number; readonly data?: string; readonly urgent?: number }

/** An IPv4 packet of one step, link type raw. Checksums are left out, so they are not checked. */
function packet({ toServer, flags, seq, ack, data = '', urgent = 0 }: Step): Uint8Array {
  const bytes = new Uint8Array(40 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, 0x45);
  view.setUint16(2, bytes.length);
  view.setUint8(8, 64);
  view.setUint8(9, 6);
  view.setUint32(12, toServer ? 0x0a00_0001 : 0x0a00_0002);
  view.setUint32(16, toServer ? 0x0a00_0002 : 0x0a00_0001);
  view.setUint16(20, toServer ? 4000 : 9999);
  view.setUint16(22, toServer ? 9999 : 4000);
  view.setUint32(24, seq);
  view.setUint32(28, ack);
  view.setUint8(32, 0x50);
  view.setUint8(33, flags);
  view.setUint16(34, 65_535);
  view.setUint16(38, urgent);
  for (let i = 0; i < data.length; i++) view.setUint8(40 + i, data.charCodeAt(i));
  return bytes;
}

const OFFLINE: RuleSettings = { ...STOCK_SETTINGS, stream: { ...STOCK_SETTINGS.stream, checksums: false } };
const HANDSHAKE: readonly Step[] = [{ toServer: true, flags: SYN, seq: 99, ack: 0 }, { toServer: false, flags: SYN | ACK, seq: 499, ack: 100 }, { toServer: true, flags: ACK, seq: 100, ack: 500 }];
const send = (at: number, data: string): Step => ({ toServer: true, flags: PSH | ACK, seq: 100 + at, ack: 500, data });
const acked = (to: number): Step => ({ toServer: false, flags: ACK, seq: 500, ack: 100 + to });

/** "number of the packet: where" for each alert of sid 1. */
function alerts(options: string, steps: readonly Step[], settings = OFFLINE, header = 'tcp any any -> any any'): string[] {
  const { signatures, faults } = parseRules(`alert ${header} (${options}; sid:1;)`);
  expect([faults, signatures.map(({ unevaluated }) => unevaluated)]).toEqual([[], ['']]);
  const matcher = new Matcher(signatures, settings);
  const found: string[] = [];
  const note = ({ number, stream, origin }: { number: number; stream: boolean; origin: string }): void => { found.push(origin === 'stream (flow timeout)' ? 'end' : `${number}${stream ? ' stream' : ''}`); };
  for (const [i, step] of steps.entries()) { const bytes = packet(step); matcher.packet(bytes, 0, bytes.length, 101, i + 1, i, 0, note); }
  matcher.finish(note);
  return found;
}

describe('contents in reassembled streams', () => {
  const split = [...HANDSHAKE, send(0, 'Hello, '), send(7, 'World'), acked(12)];

  it('lie across packets, and are found when the capture ends', () => {
    expect(alerts('content:"Hello, World"', split)).toEqual(['end']);
    expect(alerts('flow:no_stream; content:"Hello, World"', split)).toEqual([]);
    expect(alerts('flow:no_stream; content:"Hello"', split)).toEqual(['4']);
    expect(alerts('content:"Hello, World"', split, OFFLINE, 'tcp-pkt any any -> any any')).toEqual([]);
  });

  it('come in any order, with a gap or without', () => {
    expect(alerts('content:"Hello, World"', [...HANDSHAKE, send(7, 'World'), send(0, 'Hello, '), acked(12)])).toEqual(['end']);
    expect(alerts('content:"Hello, World"', [...HANDSHAKE, send(0, 'Hello, '), send(2 ** 30, 'World'), acked(7)])).toEqual([]);
    expect(alerts('content:"Hello"', [...HANDSHAKE, send(0, 'Hello, ')])).toEqual(['end']);
  });

  it('are found once a chunk is acknowledged, or the session is reset', () => {
    const long = [...HANDSHAKE, send(0, `needle${'x'.repeat(1394)}`), send(1400, 'x'.repeat(1400)), acked(2800), send(2800, 'more')];
    expect(alerts('content:"needle"', long)).toEqual(['7 stream']);
    expect(alerts('content:"World"', [...split, { toServer: true, flags: RST | ACK, seq: 112, ack: 500 }])).toEqual(['7 stream']);
    expect(alerts('content:"World"', [...split, { toServer: true, flags: FIN | ACK, seq: 112, ack: 500 }])).toEqual(['7 stream']);
  });

  it('are looked for packet by packet with what came before where packets can be stopped', () => {
    expect(alerts('content:"Hello, World"', split, { ...OFFLINE, ips: true })).toEqual(['5 stream']);
  });

  it('keep the bytes that came first where segments overlap', () => {
    const steps = [...HANDSHAKE, send(0, 'GOOD'), send(1, 'XXX'), acked(4)];
    expect([alerts('content:"GOOD"', steps), alerts('content:"XXX"', steps), alerts('stream-event:reassembly_overlap_different_data', steps)]).toEqual([['end'], [], ['5']]);
  });

  it('lie in a session without its handshake only where that is followed', () => {
    const middle = [send(0, 'Hello, '), send(7, 'World'), acked(12)];
    expect(alerts('content:"Hello, World"', middle)).toEqual([]);
    expect(alerts('content:"World"', middle)).toEqual(['2']);
    expect(alerts('content:"Hello, World"', middle, { ...OFFLINE, stream: { ...OFFLINE.stream, midstream: true } })).toEqual(['end']);
  });
});

describe('events and sizes of sessions', () => {
  it.each<[string, readonly Step[], string[]]>([
    ['stream-event:est_synack_resend_with_different_ack', [...HANDSHAKE, { toServer: false, flags: SYN | ACK, seq: 499, ack: 120 }], ['4']],
    ['stream-event:est_syn_resend', [...HANDSHAKE, { toServer: true, flags: SYN, seq: 99, ack: 0 }], ['4']],
    ['stream-event:3whs_synack_with_wrong_ack', [HANDSHAKE[0]!, { toServer: false, flags: SYN | ACK, seq: 499, ack: 7 }], ['2']],
    ['stream-event:3whs_wrong_seq_wrong_ack', [...HANDSHAKE.slice(0, 2), { toServer: true, flags: ACK, seq: 7, ack: 7 }], ['3']],
    ['stream-event:rst_but_no_session', [{ toServer: true, flags: RST, seq: 7, ack: 0 }], ['1']],
    ['stream-event:fin_but_no_session', [{ toServer: true, flags: FIN | ACK, seq: 7, ack: 7 }], ['1']],
    ['stream-event:est_packet_out_of_window', [...HANDSHAKE, send(200_000, 'far')], ['4']],
    ['stream-event:reassembly_seq_gap', [...HANDSHAKE, send(0, 'a'), send(5, 'b'), acked(6)], ['6']],
    ['stream-event:pkt_spurious_retransmission', [...HANDSHAKE, send(0, 'abcd'), acked(4), send(0, 'ab')], ['6']],
    ['stream-event:rst_with_data', [...HANDSHAKE, { toServer: true, flags: RST, seq: 100, ack: 0, data: 'x' }], ['4']],
    ['stream-event:closewait_ack_out_of_window', [...HANDSHAKE, { toServer: true, flags: FIN | ACK, seq: 100, ack: 500 }, send(200_000, 'x')], ['5']],
    ['stream-event:3whs_synack_toserver_on_syn_recv', [...HANDSHAKE.slice(0, 2), { toServer: true, flags: SYN | ACK, seq: 99, ack: 500 }], ['3']],
    ['stream-event:reassembly_depth_reached', [...HANDSHAKE, send(0, 'x'.repeat(30)), acked(30), send(30, 'y')], ['4']],
    ['stream-event:pkt_broken_ack', [...HANDSHAKE, { toServer: true, flags: PSH, seq: 100, ack: 9 }], ['4']],
    ['stream-event:shutdown_syn_resend', [...HANDSHAKE, { toServer: true, flags: FIN | ACK, seq: 100, ack: 500 }, { toServer: false, flags: SYN | ACK, seq: 499, ack: 100 }], ['5']],
    ['stream_size:client,>,4; flow:to_server', [...HANDSHAKE, send(0, 'abc'), send(3, 'd')], ['5', 'end']],
  ])('%s', (options, steps, expected) => { expect(alerts(options, steps, { ...OFFLINE, stream: { ...OFFLINE.stream, depth: options.includes('depth') ? 20 : OFFLINE.stream.depth } })).toEqual(expected); });
});

describe('handshakes with more than three packets', () => {
  const syn = (seq: number): Step => ({ toServer: true, flags: SYN, seq, ack: 0 });
  const synAck: Step = { toServer: false, flags: SYN | ACK, seq: 499, ack: 100 };
  const ack: Step = { toServer: true, flags: ACK, seq: 100, ack: 500 };

  it('open with the SYN that is answered, whichever was sent last', () => {
    expect(alerts('content:"Hello"', [syn(99), syn(7000), synAck, ack, send(0, 'Hello'), acked(5)])).toEqual(['end']);
    expect(alerts('stream-event:3whs_synack_with_wrong_ack', [syn(99), syn(7000), { ...synAck, ack: 50 }])).toEqual(['3']);
    expect(alerts('stream-event:3whs_syn_flood', [0, 1, 2, 3].map((i) => syn(99 + i)), { ...OFFLINE, stream: { ...OFFLINE.stream, maxSynQueued: 2 } })).toEqual(['4']);
  });

  it('take the SYN with ACK that is acknowledged', () => {
    const steps = [syn(99), { ...synAck, seq: 8000 }, synAck, ack, send(0, 'Hello'), acked(5)];
    expect(alerts('content:"Hello"', steps)).toEqual(['end']);
    expect(alerts('stream-event:3whs_synack_flood', [syn(99), synAck, { ...synAck, seq: 1 }, { ...synAck, seq: 2 }], { ...OFFLINE, stream: { ...OFFLINE.stream, maxSynAckQueued: 1 } })).toEqual(['4']);
  });

  it('start another flow where the one before never opened', () => {
    expect(alerts('flow:established,to_server; content:"Hello"', [acked(0), ...HANDSHAKE, send(0, 'Hello'), acked(5)])).toEqual(['end']);
  });
});

describe('what is done with packets that do not fit', () => {
  const ips = (change: Partial<RuleSettings['stream']> = {}): RuleSettings => ({ ...OFFLINE, ips: true, stream: { ...OFFLINE.stream, ...change } });
  const middle = [send(0, 'Hello'), send(5, 'World')];

  it('stops flows whose beginning was not seen, unless they may start in the middle', () => {
    expect([alerts('content:"World"', middle, ips()), alerts('content:"World"', middle, ips({ midstream: true })), alerts('content:"World"', middle, ips({ midstreamPolicy: 'ignore' }))]).toEqual([[], ['2 stream'], ['2']]);
    expect(alerts('content:"World"', middle, { ...OFFLINE, stream: { ...OFFLINE.stream, midstreamPolicy: 'pass-flow' } })).toEqual([]);
  });

  it('looks at the headers of those that the TCP engine refuses and not at what they carry', () => {
    const refused = [...HANDSHAKE, { toServer: true, flags: FIN | ACK, seq: 90_000_000, ack: 500, data: 'evil' }];
    expect([alerts('content:"evil"', refused), alerts('content:"evil"', refused, ips()), alerts('stream-event:fin_out_of_window', refused, ips())]).toEqual([['4'], [], ['4']]);
  });

  it('takes urgent data out of the stream, or leaves it, as the settings have it', () => {
    const steps = [...HANDSHAKE, { ...send(0, 'Hel!'), flags: ACK | URG, urgent: 4 }, send(4, 'lo'), acked(6)];
    const of = (urgent: RuleSettings['stream']['urgent']): string[][] => ['Hello', 'Hel!lo'].map((text) => alerts(`content:"${text}"`, steps, { ...OFFLINE, stream: { ...OFFLINE.stream, urgent } }));
    expect([of('oob'), of('inline'), of('gap')]).toEqual([[['end'], []], [[], ['end']], [[], []]]);
  });

  it('takes checksums for right once too many are wrong', () => {
    const checked: RuleSettings = { ...OFFLINE, stream: { ...OFFLINE.stream, checksums: true } };
    const after = (count: number): readonly Step[] => [...Array.from({ length: count }, () => acked(0)), ...HANDSHAKE, send(0, 'Hel'), send(3, 'lo'), acked(5)];
    expect([alerts('content:"Hello"', after(900), checked), alerts('content:"Hello"', after(1000), checked)]).toEqual([[], ['end']]);
    expect(alerts('content:"Hello"', after(0), { ...checked, stream: { ...checked.stream, checksumChecks: 'no' } })).toEqual(['end']);
    expect(alerts('tcpv4-csum:invalid', after(1000), checked).at(-1)).toBe('999');
  });

  it('looks at packets by themselves beyond the depth', () => {
    const steps = [...HANDSHAKE, send(0, 'x'.repeat(30)), acked(30), send(30, 'Hello')];
    expect(alerts('content:"Hello"', steps, { ...OFFLINE, stream: { ...OFFLINE.stream, depth: 20 } })).toEqual(['6']);
  });
});

describe('what a flow speaks', () => {
  // A transaction that is not whole is looked at once more on both of its sides when the flow ends (flow-timeout.c, FlowForceReassemblyNeedReassembly).
  it.each<[string, string, number]>([['http', 'GET / HTTP/1.1\r\n', 2], ['tls', '\u0016\u0003\u0001\0\u0005', 2], ['ssh', 'SSH-2.0-x\r\n', 1], ['smtp', 'EHLO x\r\n', 1]])('%s, by its first bytes', (name, data, ends) => {
    const steps = [...HANDSHAKE, send(0, data), acked(data.length), send(data.length, 'more')];
    expect(alerts('msg:"x"', steps, OFFLINE, `${name} any any -> any any`)).toEqual(['5', '6', ...Array.from({ length: ends }, () => 'end')]);
    expect(alerts(`app-layer-protocol:${name}`, steps)).toEqual(['6']);
    expect(alerts(`app-layer-protocol:!${name}`, steps)).toEqual([]);
  });
});

describe('a flow of UDP', () => {
  /** A UDP datagram, or the ICMP message "port unreachable" about it, from 10.0.0.1 to 10.0.0.2 and back. */
  function datagram(toServer: boolean, aboutIt = false): Uint8Array {
    const bytes = Uint8Array.from([0x45, 0, 0, 29, 0, 0, 0, 0, 64, 17, 0, 0, 10, 0, 0, toServer ? 1 : 2, 10, 0, 0, toServer ? 2 : 1, ...(toServer ? [0x0f, 0xa0, 0x23, 0x28] : [0x23, 0x28, 0x0f, 0xa0]), 0, 9, 0, 0, 0x61]);
    return aboutIt ? Uint8Array.from([0x45, 0, 0, 57, 0, 0, 0, 0, 64, 1, 0, 0, 10, 0, 0, 2, 10, 0, 0, 1, 3, 3, 0, 0, 0, 0, 0, 0, ...datagram(true)]) : bytes;
  }

  it('is established by an answer, not by an error about it', () => {
    const established = (...packets: Uint8Array[]): number[] => {
      const matcher = new Matcher(parseRules('alert ip any any -> any any (flow:established; sid:1;)').signatures, OFFLINE);
      const found: number[] = [];
      for (const [i, bytes] of packets.entries()) matcher.packet(bytes, 0, bytes.length, 101, i + 1, i, 0, ({ number }) => { found.push(number); });
      return found;
    };
    expect(established(datagram(true), datagram(true, true), datagram(true))).toEqual([]);
    expect(established(datagram(true), datagram(false), datagram(true, true), datagram(true))).toEqual([2, 3, 4]);
  });
});
