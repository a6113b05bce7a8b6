import type { Layer } from '../dissect/layer.ts';

/** What a type field announces: "LLDP (0x88cc)", "Unknown Ethernet type 0x1234"; '' where the field is not there. */
export const typeWords = (l: Layer, field: string, kind: string): string => {
  if (!l.has(field)) return '';
  return l.words(field) ? `${l.words(field)} (${l.text(field)})` : `Unknown ${kind} ${l.text(field)}`;
};

/** What the ports suggest, the lower first; "Ports 40000 and 2000" where they suggest nothing. */
export const portWords = (l: Layer): string => {
  const ports = ['srcport', 'dstport'].sort((a, b) => l.num(a) - l.num(b));
  const known = ports.find((name) => l.likely(name));
  return known ? `Port ${l.text(known)}, likely ${l.likely(known)}` : `Ports ${l.text('srcport')} and ${l.text('dstport')}`;
};
