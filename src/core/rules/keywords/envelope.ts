import type { Keyword } from './keyword.ts';
import { type NumberField, numberKeyword } from './number-keyword.ts';

// Ours, not Suricata's, which reads no VNI (decode-vxlan.c): which envelope the packet came out of. The envelope itself came out of none.

const ours = (field: NumberField): Keyword => ({ ...numberKeyword(field), ours: true });

export const envelope: readonly Keyword[] = [
  ours({
    names: ['vxlan.vni'], summary: 'The network of the innermost VXLAN envelope around the packet compares. VXLens’s own.', label: 'the VNI of the VXLAN envelope', max: 0xff_ffff, width: 3,
    value: (p) => p.vxlanVni, place: (p) => p.vxlanAt + 4,
  }),
  ours({
    names: ['geneve.vni'], summary: 'The network of the innermost Geneve envelope around the packet compares. VXLens’s own.', label: 'the VNI of the Geneve envelope', max: 0xff_ffff, width: 3,
    value: (p) => p.geneveVni, place: (p) => p.geneveAt + 4,
  }),
  ours({
    names: ['tunnel.depth'], summary: 'The number of tunnels around the packet compares: 0 for the packet as it was captured. VXLens’s own.', label: 'the number of tunnels around the packet', max: 255, width: 0,
    value: (p) => p.level, place: () => 0,
  }),
];
