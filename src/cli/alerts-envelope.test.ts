import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { haveLabCaptures, LAB_CAPTURES } from '../core/testing/fixtures.ts';
import { vxlens } from './run-main.ts';

// What VXLens adds to Suricata's rules where it is asked for: which envelope a packet came out of.

const OURS = ['--set', 'vxlens.keywords=yes'] as const;
interface Eve { readonly src_ip: string; readonly flow_id: number; readonly vxlan?: { readonly vni: number }; readonly pcap_cnt?: number; readonly tunnel?: { readonly pcap_cnt: number }; readonly alert: { readonly signature_id: number } }

async function alerts(capture: string, rules: string, ...more: readonly string[]): Promise<{ eve: Eve[]; err: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'vxlens-envelope-'));
  try {
    writeFileSync(join(folder, 'a.rules'), rules);
    const { out, err } = await vxlens('alerts', '-r', capture, '-S', join(folder, 'a.rules'), '-l', '-', ...more);
    return { eve: out.split('\n').filter(Boolean).map((line) => JSON.parse(line) as Eve), err };
  } finally { rmSync(folder, { recursive: true }); }
}

const PING = 'public/samples/mirrored-ping/appliance-eth0.pcap';
const RULES = 'alert icmp any any -> any any (vxlan.vni:333; sid:1;)\nalert ip any any -> any any (tunnel.depth:0; itype:8; sid:2;)\nalert icmp any any -> any any (vxlan.vni:!333; sid:3;)\n';

describe('the mirrored ping', () => {
  it('fires by VNI inside the envelope alone, and tells it beside Suricata’s own objects', async () => {
    const { eve } = await alerts(PING, RULES, ...OURS);
    const count = (sid: number): number => eve.filter(({ alert }) => alert.signature_id === sid).length;
    expect([count(1), count(2), count(3)]).toEqual([12, 2, 0]);
    expect(eve.filter(({ tunnel }) => tunnel !== undefined).every(({ vxlan, tunnel }) => vxlan?.vni === 333 && !('vni' in tunnel!))).toBe(true);
    expect(eve.filter(({ tunnel }) => tunnel === undefined).every(({ vxlan }) => vxlan === undefined)).toBe(true);
  });

  it('knows none of it unless it is asked for', async () => {
    const { eve, err } = await alerts(PING, `${RULES}alert icmp any any -> any any (sid:9;)\n`);
    expect(eve.map(({ alert, vxlan }) => [alert.signature_id, vxlan])).toEqual(Array.from({ length: 16 }, () => [9, undefined]));
    expect(err).toMatch(/a\.rules:1:32: “vxlan\.vni” is a keyword of VXLens, which Suricata does not know\. Take it out, or ask for VXLens’s own keywords: --set vxlens\.keywords=yes, or the switch “VNI keywords”\./);
  });
});

describe.skipIf(!haveLabCaptures)(`three sources with the same addresses under several VNIs: ${LAB_CAPTURES}`, () => {
  const capture = '../shared/captures/lab/multi-vni/appliance-eth0.pcap';
  it('are told apart by VNI, as many packets each as tshark counts', async () => {
    const { eve } = await alerts(capture, [333, 1001, 16_777_215].map((vni) => `alert ip any any -> any any (vxlan.vni:${vni}; tunnel.depth:1; sid:${vni};)`).join('\n'), ...OURS);
    const counts = new Map<number, number>();
    for (const { vxlan } of eve) counts.set(vxlan!.vni, (counts.get(vxlan!.vni) ?? 0) + 1);
    expect(counts).toEqual(new Map([[16_777_215, 285], [333, 372], [1001, 283]])); // tshark -Y vxlan.vni==N
  });

  it('have flows of their own only where it is asked for', async () => {
    const rule = 'alert ip any any -> any any (sid:1;)';
    const vnis = new Map((await alerts(capture, rule, ...OURS)).eve.map(({ pcap_cnt, tunnel, vxlan }) => [tunnel?.pcap_cnt ?? pcap_cnt, vxlan?.vni]));
    /** Flows of packets from envelopes of more than one VNI. */
    const mixed = ({ eve }: { eve: Eve[] }): number => {
      const seen = new Map<number, Set<number | undefined>>();
      for (const { flow_id, tunnel } of eve) if (tunnel !== undefined) seen.set(flow_id, (seen.get(flow_id) ?? new Set()).add(vnis.get(tunnel.pcap_cnt)));
      return [...seen.values()].filter(({ size }) => size > 1).length;
    };
    expect(mixed(await alerts(capture, rule, ...OURS))).toBe(0);
    expect(mixed(await alerts(capture, rule)), 'as in Suricata').toBeGreaterThan(0);
  });
});
