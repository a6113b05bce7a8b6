import { describe, expect, it } from 'vitest';
import { dissected } from '../testing/dissected.ts';

const IP = '4500 0014 0001 0000 40fd 0000 0a000001 0a000002'; // 20 bytes, protocol 253: an experiment that nobody reads
const zeros = (n: number): string => '00'.repeat(n);

describe('Ethernet (IEEE 802.3 section 3.2)', () => {
  const packet = dissected(`ff:ff:ff:ff:ff:ff 02:42:ac:11:00:02 0800 ${IP}`.replaceAll(':', ''));

  it('has two addresses and a type', () => {
    expect(packet.values('eth.dst')).toEqual(['ff:ff:ff:ff:ff:ff']);
    expect(packet.values('eth.src')).toEqual(['02:42:ac:11:00:02']);
    expect(packet.texts('eth.type')).toEqual(['0x0800, IPv4']);
    expect(packet.path).toBe('eth:ethertype:ip');
  });

  it('tells from the first byte whether an address is local, or a group', () => {
    expect([packet.values('eth.dst.lg'), packet.values('eth.dst.ig'), packet.values('eth.src.lg'), packet.values('eth.src.ig')]).toEqual([['1'], ['1'], ['1'], ['0']]);
    expect(packet.values('eth.addr')).toEqual(['ff:ff:ff:ff:ff:ff', '02:42:ac:11:00:02']);
  });

  it('takes zeros up to 60 bytes for padding, and the last four of 64 or more for the check sequence', () => {
    const padded = dissected(`ffffffffffff 0242ac110002 0800 ${IP} ${zeros(26)}`);
    expect(padded.values('eth.padding')).toEqual([zeros(26)]);
    const checked = dissected(`ffffffffffff 0242ac110002 0800 ${IP} ${zeros(26)} 01020304`);
    expect([checked.values('eth.padding'), checked.values('eth.fcs'), checked.values('eth.trailer')]).toEqual([[zeros(26)], ['0x01020304'], []]);
  });

  it('takes other bytes behind the payload for a trailer', () => {
    expect(dissected(`ffffffffffff 0242ac110002 0800 ${IP} 0102`).values('eth.trailer')).toEqual(['0102']);
  });

  it('says what it shows as data', () => {
    const local = dissected('0180c200000e 0242ac110002 88b5 0207040242ac110002');
    expect(local.path).toBe('eth:ethertype:data');
    expect(local.layer('data').note).toBe('local experiment 1 (0x88b5), shown as data.');
    expect(dissected('0180c200000e 0242ac110002 1234 0207').layer('data').note).toBe('Unknown Ethernet type 0x1234, shown as data.');
  });
});

describe('802.3 with LLC (IEEE 802.2), where the type is a length', () => {
  it('reads the length, and leaves the padding behind it out', () => {
    const stp = dissected(`0180c2000000 001c0e877885 0007 00 00 03 00000000 ${zeros(39)}`);
    expect([stp.values('eth.len'), stp.values('eth.type'), stp.path]).toEqual([['7'], [], 'eth:llc:data']);
    expect(stp.layer('llc').summary).toBe('NULL LSAP');
    expect(stp.layer('data').note).toBe('NULL LSAP (0x00), shown as data.');
    expect(stp.values('data.data')).toEqual(['00000000']);
  });

  it('follows SNAP to what it carries (RFC 1042)', () => {
    const snap = dissected(`ffffffffffff 0242ac110002 001c aa aa 03 000000 0800 ${IP}`);
    expect([snap.path, snap.values('llc.type'), snap.values('llc.oui')]).toEqual(['eth:llc:ip', ['0x0800'], ['0']]);
  });
});

describe('VLAN tags', () => {
  it('802.1Q: three bits of priority, one of eligibility, twelve of number', () => {
    const tagged = dissected(`ffffffffffff 0242ac110002 8100 b07b 0800 ${IP}`); // 101 1 000001111011
    expect([tagged.values('vlan.priority'), tagged.values('vlan.dei'), tagged.values('vlan.id'), tagged.values('vlan.etype')]).toEqual([['5'], ['1'], ['123'], ['0x0800']]);
    expect(tagged.layer('vlan').summary).toBe('VLAN 123, priority 5');
  });

  it('802.1ad in front of 802.1Q', () => {
    const both = dissected(`ffffffffffff 0242ac110002 88a8 05f5 8100 001e 0800 ${IP}`);
    expect([both.path, both.values('ieee8021ad.id'), both.values('vlan.id')]).toEqual(['eth:ethertype:ieee8021ad:ethertype:vlan:ethertype:ip', ['1525'], ['30']]);
  });
});

describe('link types without Ethernet', () => {
  it('RAW: the version tells what it is', () => {
    expect(dissected(IP, 'raw').path).toBe('raw:ip');
    expect(dissected('75', 'raw').layer('data').note).toBe('Neither IPv4 nor IPv6, shown as data.');
  });

  it('NULL: the address family in the byte order of the host that captured', () => {
    for (const family of ['02000000', '00000002']) expect(dissected(family + IP, 'null')).toMatchObject({ path: 'null:ip' });
    expect(dissected(`02000000${IP}`, 'null').values('null.family')).toEqual(['2']);
    expect(dissected(`1e000000 60000000 0000 3b 40 ${zeros(32)}`, 'null').path).toBe('null:ipv6'); // 30: Darwin
    expect(dissected(`00080000${IP}`, 'null').values('null.type')).toEqual(['0x0800']);
  });

  it('LOOP: the same in network order only', () => {
    expect([dissected(`00000002${IP}`, 'loop').path, dissected(`02000000${IP}`, 'loop').path]).toEqual(['null:ip', 'null:data']);
  });

  it('Linux cooked, both versions', () => {
    const v1 = dissected(`0004 0001 0006 020000000002 0000 0800 ${IP}`, 'sll');
    expect([v1.values('sll.pkttype'), v1.values('sll.src.eth'), v1.values('sll.unused'), v1.values('sll.etype'), v1.path]).toEqual([['4'], ['02:00:00:00:00:02'], ['0000'], ['0x0800'], 'sll:ethertype:ip']);
    const v2 = dissected(`0800 0000 00000003 0001 00 06 020000000002 0000 ${IP}`, 'sll2');
    expect([v2.values('sll.ifindex'), v2.values('sll.src.eth'), v2.path]).toEqual([['3'], ['02:00:00:00:00:02'], 'sll:ethertype:ip']);
  });

  it('an address of another length is bytes', () => {
    const odd = dissected(`0000 fffe 0005 0102030405 000000 0800 ${IP}`, 'sll');
    expect([odd.values('sll.src.other'), odd.values('sll.unused')]).toEqual([['0102030405'], ['000000']]);
  });
});
