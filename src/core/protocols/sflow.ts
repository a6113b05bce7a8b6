import { gap, ipv4, ipv6, uint } from '../dissect/field.ts';
import { bytes, carried, pick, repeat, within, type Part } from '../dissect/part.ts';
import { protocol } from '../dissect/protocol.ts';

/** Sampled packets of a switch: as much of each as the sampler kept, as a packet of its own. */
const [ETHERNET, IPV4, IPV6] = [1, 11, 12];
const sampled = (to: string): Part[] => [carried('header_length', to)];
const raw: Part[] = [
  uint('header_protocol', 32, 'Header protocol', { strings: { 1: 'Ethernet', 11: 'IPv4', 12: 'IPv6' } }), uint('header.frame_length', 32, 'Frame Length'), uint('header.payload_removed', 32, 'Payload removed'), uint('header_length', 32, 'Header length'),
  pick('header_protocol', { [ETHERNET]: sampled('eth'), [IPV4]: sampled('ip'), [IPV6]: sampled('ipv6') }, [within('header_length', [bytes('header', 'Header')])]),
];
const record = (name: string, of: Readonly<Record<number, Part[]>>): Part[] => [uint(`${name}_format`, 32, 'Format'), uint(`${name}_length`, 32, 'Length'), within(`${name}_length`, [pick(`${name}_format`, of, [bytes(`${name}_data`, 'Data')])])];
const flows: Part[] = [uint('records', 32, 'Records'), repeat('records', record('record', { 1: raw }))];
const sampling = [uint('sampling_rate', 32, 'Sampling rate'), uint('sample_pool', 32, 'Sample pool'), uint('drops', 32, 'Dropped packets')];
const samples: Readonly<Record<number, Part[]>> = {
  1: [uint('sequence', 32, 'Sequence number'), uint('source', 32, 'Source ID'), ...sampling, uint('input', 32, 'Input interface'), uint('output', 32, 'Output interface'), ...flows],
  3: [uint('sequence', 32, 'Sequence number'), uint('source_type', 32, 'Source ID type'), uint('source', 32, 'Source ID index'), ...sampling, gap(32), uint('input', 32, 'Input interface'), gap(32), uint('output', 32, 'Output interface'), ...flows],
};

export const sflow = protocol('sflow', {
  label: 'InMon sFlow', column: 'sFlow', reference: 'sflow.org, sFlow version 5', over: { 'udp.port': [6343] }, message: true,
  header: [
    uint('version', 32, 'Datagram version'),
    pick('version', { 5: [
      uint('agent_type', 32, 'Agent address type'), pick('agent_type', { 1: [ipv4('agent', 'Agent address')], 2: [ipv6('agent.v6', 'Agent address')] }), uint('sub_agent', 32, 'Sub-agent ID'), uint('sequence_number', 32, 'Sequence number'),
      uint('uptime', 32, 'SysUptime', { unit: 'milliseconds' }), uint('samples', 32, 'Samples'), repeat('samples', record('sample', samples)),
    ] }, [bytes('data', 'Data')]),
  ],
  closed: true,
  summary: (l) => `version ${l.text('version')}, ${l.text('samples')} samples`, title: () => '', info: (l) => `V${l.text('version')}, seq ${l.text('sequence_number')}, ${l.text('samples')} samples`,
});
