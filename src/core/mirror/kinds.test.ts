import { expect, it } from 'vitest';
import { ipv4Bytes, ipv6Bytes } from './cidr.ts';
import { ETHERTYPE } from './headers.ts';
import { kindOf, KINDS, neverOfIp } from './kinds.ts';

/** An IP header and the ports behind it. */
function packet(from: string, to: string, protocol: number, ports: readonly [number, number]): { readonly b: Uint8Array; readonly type: number } {
  const v4 = ipv4Bytes(from), source = v4 ?? ipv6Bytes(from)!, destination = ipv4Bytes(to) ?? ipv6Bytes(to)!;
  const head = v4 ? [0x45, 0, 0, 28, 0, 0, 0, 0, 64, protocol, 0, 0] : [0x60, 0, 0, 0, 0, 8, protocol, 64];
  return { b: Uint8Array.from([...head, ...source, ...destination, ...ports.flatMap((port) => [port >> 8, port & 255]), 0, 8, 0, 0]), type: v4 ? ETHERTYPE.ipv4 : ETHERTYPE.ipv6 };
}

const TCP = 6, UDP = 17;

// docs.aws.amazon.com/vpc/latest/mirroring, "Limitations": ARP, DHCP, instance metadata service, NTP, Windows activation
it.each<[string, boolean, string, string, number, [number, number]]>([
  ['NTP', true, '10.0.0.5', '169.254.169.123', UDP, [40000, 123]],
  ['NTP', true, '10.0.0.5', '17.253.34.125', UDP, [123, 40000]],
  ['DHCP', true, '0.0.0.0', '255.255.255.255', UDP, [68, 67]],
  ['DHCP', true, 'fe80::1', 'ff02::1:2', UDP, [546, 547]],
  ['instance metadata', true, '10.0.0.5', '169.254.169.254', TCP, [40000, 80]],
  ['instance metadata', true, 'fd00:ec2::254', '2001:db8::5', TCP, [80, 40000]],
  ['Windows activation', true, '169.254.169.250', '10.0.0.5', TCP, [1688, 40000]],
  ['DNS to the VPC’s server', false, '10.0.0.5', '169.254.169.253', UDP, [40000, 53]],
  ['DNS to the VPC’s server', false, 'fd00:ec2::253', '2001:db8::5', TCP, [53, 40000]],
  ['other traffic', false, '10.0.0.5', '169.254.169.253', TCP, [40000, 443]],
  ['other traffic', false, '10.0.0.5', '10.0.0.6', TCP, [40000, 123]], // NTP is UDP's
  ['other traffic', false, '10.0.0.5', '10.0.0.6', UDP, [67, 40000]],
])('knows %s (never: %s) from %s to %s', (name, never, from, to, protocol, ports) => {
  const { b, type } = packet(from, to, protocol, ports);
  const kind = kindOf(b, 0, b.length, type);
  expect([KINDS[kind]!.name, neverOfIp(kind)]).toEqual([name, never]);
});
