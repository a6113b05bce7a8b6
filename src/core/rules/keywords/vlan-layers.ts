import { numberKeyword } from './number-keyword.ts';

export const vlanLayers = numberKeyword({
  names: ['vlan.layers'], summary: 'The count of VLAN tags compares.', label: 'the count of VLAN tags', max: 3, width: 0,
  value: (p) => p.vlanCount, place: () => 0,
});
