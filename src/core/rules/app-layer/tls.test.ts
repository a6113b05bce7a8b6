import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutUp, feedAll, type Piece } from '../../testing/conversations.ts';
import { ja3, ja3s, ja4, md5Hex } from '../../protocols/tls-fingerprint.ts';
import { type Hello, readHello } from '../../protocols/tls-hello.ts';
import { TlsParser } from './tls.ts';
import { latin1Bytes } from '../../bytes/latin1.ts';
import { readCertificate } from './x509.ts';

const EMPTY: Hello = { legacyVersion: 0x0303, version: 0x0303, random: new Uint8Array(32), ciphers: [], extensions: [], groups: [], pointFormats: [], signatures: [], versions: [], alpn: [], sni: null, events: [] };
const numbers = (text: string): number[] => text.split(',').map((digits) => Number.parseInt(digits, 16));

describe('fingerprints', () => {
  // github.com/salesforce/ja3, README.
  it('JA3 as published', () => {
    const one = { ...EMPTY, legacyVersion: 769, ciphers: [47, 53, 5, 10, 49161, 49162, 49171, 49172, 50, 56, 19, 4], extensions: [0, 10, 11], groups: [23, 24, 25], pointFormats: [0] };
    expect([ja3(one), md5Hex(ja3(one))]).toEqual(['769,47-53-5-10-49161-49162-49171-49172-50-56-19-4,0-10-11,23-24-25,0', 'ada70206e40642a3e4461f35503241d5']);
    const two = { ...EMPTY, legacyVersion: 769, ciphers: [4, 5, 10, 9, 100, 98, 3, 6, 19, 18, 99] };
    expect([ja3(two), md5Hex(ja3(two))]).toEqual(['769,4-5-10-9-100-98-3-6-19-18-99,,,', 'de350869b8c85de67a350c8d186f11e6']);
    expect(ja3({ ...two, ciphers: [0x0a0a, 4], extensions: [0xfafa, 0], groups: [0x1a1a, 23] })).toBe('769,4,0,23,');
    expect(ja3s({ ...EMPTY, legacyVersion: 769, ciphers: [47], extensions: [65281, 0, 11, 35, 5, 16] })).toBe('769,47,65281-0-11-35-5-16');
  });

  // github.com/FoxIO-LLC/ja4, technical_details/JA4.md.
  it('JA4 as published', () => {
    const chrome = {
      ...EMPTY, version: 0x0304, alpn: ['h2', 'http/1.1'], ciphers: [0x2a2a, ...numbers('1301,1302,1303,c02b,c02f,c02c,c030,cca9,cca8,c013,c014,009c,009d,002f,0035')],
      extensions: [0x4a4a, ...numbers('001b,0000,0033,0010,4469,0017,002d,000d,0005,0023,0012,002b,ff01,000b,000a,0015')], signatures: numbers('0403,0804,0401,0503,0805,0501,0806,0601'),
    };
    expect(ja4(chrome)).toBe('t13d1516h2_8daaf6152771_e5627efa2ab1');
    expect(ja4({ ...chrome, alpn: [] }).slice(0, 10)).toBe('t13d151600');
    expect(ja4({ ...chrome, alpn: ['\xab'] }).slice(0, 10)).toBe('t13d1516ab');
    expect(ja4(EMPTY)).toBe('t12i000000_000000000000_000000000000');
  });
});

const two = (n: number): number[] => [(n >> 8) & 0xff, n & 0xff];
const three = (n: number): number[] => [n >> 16, ...two(n)];
const record = (type: number, body: readonly number[]): number[] => [type, 3, 3, ...two(body.length), ...body];
const handshake = (type: number, body: readonly number[]): number[] => [type, ...three(body.length), ...body];
const extension = (type: number, body: readonly number[]): number[] => [...two(type), ...two(body.length), ...body];
const sni = (name: string): number[] => extension(0, [...two(name.length + 3), 0, ...two(name.length), ...latin1Bytes(name)]);
const clientHello = (...extensions: number[][]): number[] => [3, 3, ...Array.from({ length: 32 }, (_, i) => i), 0, ...two(2), 0x13, 0x01, 1, 0, ...two(extensions.flat().length), ...extensions.flat()];
const sent = (bytes: readonly number[], toServer = true): Piece => ({ toServer, bytes: Uint8Array.from(bytes) });
const events = (...pieces: Piece[]): string[] => feedAll(new TlsParser(), pieces).transactions.flatMap(({ eventsToServer, eventsToClient }) => [...eventsToServer, ...eventsToClient]);

describe('records', () => {
  it('puts a hello together that lies in several', () => {
    const whole = handshake(1, clientHello(sni('a.example')));
    const [tx] = feedAll(new TlsParser(), [sent([...record(22, whole.slice(0, 20)), ...record(22, whole.slice(20))])]).transactions;
    expect(tx!.client.hello).toMatchObject({ sni: 'a.example', ciphers: [0x1301], extensions: [0] });
  });

  it.each<[string, Piece[]]>([
    ['invalid_tls_header', [sent([22, 9, 9, 0, 1, 0])]], ['invalid_record_type', [sent([99, 3, 3, 0, 1, 0])]], ['invalid_record_version', [sent([22, 3, 9, 0, 1, 0])]], ['invalid_record_length', [sent([22, 3, 3, 0xff, 0xff])]],
    ['handshake_invalid_length', [sent(record(22, [1, 0xff, 0xff, 0xff]))]], ['invalid_handshake_message', [sent(record(22, handshake(1, [3, 3])))]], ['multiple_sni_extensions', [sent(record(22, handshake(1, clientHello(sni('a'), sni('b')))))]],
    ['invalid_sni_type', [sent(record(22, handshake(1, clientHello(extension(0, [0, 4, 1, 0, 1, 97])))))]], ['invalid_sni_length', [sent(record(22, handshake(1, clientHello(extension(0, [0, 4, 0, 0, 9, 97])))))]],
    ['invalid_alert_message', [sent(record(21, [7, 0]))]], ['heartbeat_message', [sent(record(24, [1, 0, 0]))]], ['overflow_heartbeat_message', [sent(record(24, [1, 0x40, 0]))]], ['invalid_heartbeat_message', [sent(record(24, [9, 0, 0]))]],
    ['dataleak_heartbeat_mismatch', [sent([...record(20, [1]), ...record(24, [1, 2, 3, 4])]), sent([...record(20, [1]), ...record(24, Array.from({ length: 90 }, () => 0))], false)]],
    ['certificate_invalid_length', [sent(record(22, handshake(11, [0, 0, 6, 0, 0, 3, 0x30, 0x7f, 0])), false)]], ['certificate_invalid_der', [sent(record(22, handshake(11, [0, 0, 5, 0, 0, 2, 4, 0])), false)]],
  ])('%s', (event, pieces) => { expect(events(...pieces)).toContain(event); });
});

describe('certificates that are broken', () => {
  const der = (tag: number, ...body: number[][]): number[] => [tag, body.flat().length, ...body.flat()];
  const [serial, algorithm, name] = [der(2, [1]), der(0x30, der(6, [0x2a, 3])), der(0x30, der(0x31, der(0x30, der(6, [0x55, 4, 3]), der(12, [97]))))];
  const validity = der(0x30, der(0x17, [...latin1Bytes('260101000000Z')]), der(0x18, [...latin1Bytes('20270101000000Z')]));
  const made = (...fields: number[][]): Uint8Array => Uint8Array.from(der(0x30, der(0x30, ...fields)));

  it('reads one without extensions', () => {
    expect(readCertificate(made(serial, algorithm, name, validity, name, der(0x30)))).toEqual({ subject: 'CN=a', issuer: 'CN=a', serial: '01', notBefore: Date.UTC(2026, 0) / 1000, notAfter: Date.UTC(2027, 0) / 1000, alternativeNames: [], version: 1 });
  });

  it.each<[string, Uint8Array]>([
    ['invalid_serial', made(name)], ['invalid_algorithmidentifier', made(serial, der(0x30))], ['invalid_issuer', made(serial, algorithm, der(4))], ['invalid_x509name', made(serial, algorithm, der(0x30, der(0x30)))],
    ['invalid_validity', made(serial, algorithm, name, der(4))], ['invalid_date', made(serial, algorithm, name, der(0x30))], ['invalid_subject', made(serial, algorithm, name, validity, der(4))],
  ])('%s', (event, bytes) => { expect(readCertificate(bytes)).toBe(event); });
});

describe('whatever is sent', () => {
  const piece = fc.oneof(fc.constant(record(22, handshake(1, clientHello(sni('a.example'))))), fc.constant(record(20, [1])), fc.constant(record(24, [1, 0, 0])), fc.uint8Array({ maxLength: 40 }).map((bytes) => record(22, [...bytes])), fc.uint8Array({ maxLength: 8 }).map((bytes) => [...bytes]));

  it('how it is cut into segments changes nothing, and nothing throws', () => {
    const picture = (pieces: readonly Piece[]): unknown => feedAll(new TlsParser(), pieces).transactions.map(({ client, server, progressToServer, progressToClient, eventsToServer, eventsToClient }) => ({ client, server, progressToServer, progressToClient, events: [...eventsToServer, ...eventsToClient] }));
    fc.assert(fc.property(fc.array(piece, { maxLength: 5 }), fc.array(piece, { maxLength: 5 }), fc.array(fc.nat(300), { maxLength: 10 }), (there, back, places) => {
      const pieces = [sent(there.flat()), sent(back.flat(), false)];
      expect(picture(cutUp(pieces, places))).toEqual(picture(pieces));
    }), { numRuns: 300 });
  });

  it('lengths that lie never lead beyond the bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, isClient) => { readHello(bytes, 0, bytes.length, isClient); readCertificate(bytes); }), { numRuns: 1000 });
  });
});
