// What of suricata.yaml is followed; the words are those of the stock file and of Suricata's user guide.
import { describe, expect, it } from 'vitest';
import { policyOf } from '../flow/os-policy.ts';
import { readSettings, type Setting } from './read-settings.ts';
import { STOCK_SETTINGS, workingStream } from './settings.ts';

describe('settings', () => {
  it('of a file stand in for the stock ones, which do not hold where it says nothing', () => {
    const { settings, notes, faults } = readSettings({ stream: { midstream: 'yes', reassembly: { depth: '4kb', 'toserver-chunk-size': '100' } } }, ['stream.inline=no']);
    expect([settings.stream.midstream, settings.stream.depth, settings.stream.chunkToServer, settings.stream.urgent, settings.tunnels.teredoPorts, notes, faults]).toEqual([true, 4096, 100, 'inline', [], [], []]);
    expect([STOCK_SETTINGS.stream.urgent, STOCK_SETTINGS.tunnels.teredoPorts]).toEqual(['oob', [3544]]);
  });

  it('name the system of hosts by the smallest network', () => {
    const { settings, faults } = readSettings({ 'host-os-policy': { windows: ['0.0.0.0/0'], linux: ['10.0.0.0/8', '10.1.2.3', 'fe80::/10'], solaris: [] } }, []);
    const of = (...address: number[]): string => policyOf(settings.stream.hosts, Uint8Array.from(address), 0, address.length);
    expect(faults).toEqual([]);
    expect([of(10, 1, 1, 1), of(11, 1, 1, 1), of(0xfe, 0x80, ...Array<number>(14).fill(0)), of(...Array<number>(16).fill(0))]).toEqual(['linux', 'windows', 'linux', 'bsd']);
    expect(readSettings({ 'host-os-policy': { bsd: ['10.0.0'] } }, []).faults).toEqual(['host-os-policy.bsd.0: “10.0.0” is no address. Write an address or a network, as 10.0.0.0/8.']);
  });

  it('switch application protocols off, or to detection only', () => {
    const { applications } = readSettings(null, ['app-layer.protocols.dns.udp.enabled=no', 'app-layer.protocols.http.enabled=detection-only', 'app-layer.protocols.modbus.enabled=yes']).settings.stream;
    expect([applications.noTcp.has('dns'), applications.noUdp.has('dns'), applications.unread.has('http'), applications.noTcp.has('modbus'), applications.noTcp.has('dnp3')]).toEqual([false, true, true, false, true]);
  });

  it('decide about flows whose beginning was not seen', () => {
    const policy = (ips: boolean, ...set: string[]): string => workingStream({ ...readSettings(null, set).settings, ips }, false).midstreamPolicy;
    expect([policy(false), policy(true), policy(true, 'stream.midstream=yes'), policy(true, 'exception-policy=ignore'), policy(true, 'exception-policy=ignore', 'stream.midstream-policy=pass-flow'), policy(false, 'stream.midstream-policy=drop-flow')])
      .toEqual(['ignore', 'drop-flow', 'ignore', 'ignore', 'pass-flow', 'ignore']);
  });

  it('say how long flows may be silent', () => {
    const { settings, notes, faults } = readSettings({ 'flow-timeouts': { udp: { new: '5', established: '7', 'emergency-new': '1', bypassed: '2' }, tcp: { closed: '0' } } }, ['flow-timeouts.icmp.new=soon']);
    expect([settings.stream.timeouts.udp, settings.stream.timeouts.tcp, settings.stream.timeouts.icmp.new, notes]).toEqual([{ new: 5, established: 7, closed: 0 }, { new: 60, established: 600, closed: 0 }, 30, []]);
    expect(faults).toEqual(['flow-timeouts.icmp.new: “soon” is no count. Write a number up to 999999999.']);
  });

  it('of alerts in eve.json are followed or told, where they would change what is written', () => {
    const read = (alert: Record<string, Setting>) => readSettings({ outputs: [{ 'eve-log': { types: [{ alert }, { http: { extended: 'yes' } }, 'tls'] } }] }, []);
    expect(read({ 'payload-length': 'yes', 'http-body': 'no', xff: { enabled: 'no', mode: 'extra-data' } }).notes).toEqual(['The setting outputs.eve-log.types.alert.payload-length is not followed here.']);
    const { flow, appLayer, ruleMetadata } = read({ metadata: 'no' }).settings.eve;
    expect([flow, appLayer, ruleMetadata]).toEqual([false, false, false]);
    expect(read({ metadata: { flow: 'no', rule: { metadata: 'yes', raw: 'yes' } } })).toMatchObject({ settings: { eve: { flow: false, appLayer: true } }, notes: ['The setting outputs.eve-log.types.alert.metadata.rule.raw is not followed here.'] });
    expect(readSettings({ decoder: { 'max-layers': '16' } }, []).notes).toEqual([]);
    expect(readSettings({ decoder: { 'max-layers': '4' } }, []).notes).toEqual(['The setting decoder.max-layers is not followed here.']);
  });

  it('that are wrong are told, and those that are not followed', () => {
    const { settings, notes, faults } = readSettings({ flow: { something: '1' }, ours: { list: ['a', 'b'] }, stream: { midstream: null } }, ['straem.inline=yes', 'stream.midstream-policy=maybe', 'threshold-file=/etc/threshold.config', 'nothing']);
    expect(settings.thresholdFile).toBe('/etc/threshold.config');
    expect(notes).toEqual(['The setting flow.something is not followed here.', 'The setting ours.list is not followed here.']);
    expect(faults).toEqual(['“nothing” is no setting: write KEY=VALUE.', 'There is no setting “straem.inline”. Did you mean “stream.inline”?', 'stream.midstream-policy: “maybe” is no exception policy. It is ignore, drop-flow, pass-flow, bypass, drop-packet, pass-packet, reject or auto.']);
  });
});
