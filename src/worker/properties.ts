// What a capture says of itself, for the dialog of its properties.

import type { Extra } from '../core/capture/extras.ts';
import { namesList, secretsText, statisticsText } from '../core/capture/extras-text.ts';
import { linkTypeName } from '../core/capture/link-types.ts';
import { ipv4Text, ipv6Text, macText } from '../core/format/address.ts';
import type { CaptureProperties } from './protocol.ts';
import type { OpenSession } from './session.ts';

const eui64Text = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(':');
const ADDRESSES: Readonly<Record<number, (bytes: Uint8Array) => string>> = { 1: ipv4Text, 2: ipv6Text, 3: macText, 4: eui64Text };
const of = <K extends Extra['kind']>(extras: readonly Extra[], kind: K): Extract<Extra, { kind: K }>[] => extras.filter((extra): extra is Extract<Extra, { kind: K }> => extra.kind === kind);

export function propertiesOf({ reader, table, source, edits }: OpenSession): CaptureProperties {
  const packets = table.interfaces.map(() => 0);
  for (let row = 0; row < table.count; row++) packets[table.at('iface', row)]!++;
  const commented = new Set([...[...reader.comments.keys()].filter((number) => !edits.has(number)), ...[...edits].filter(([, comments]) => comments.length > 0).map(([number]) => number)]);
  const statistics = of(reader.extras, 'statistics');
  return {
    format: reader.description, bytes: source.size, packets: table.count, commented: commented.size,
    interfaces: table.interfaces.map(({ id, name, description, linkType, snaplen, filter, os }) => {
      const last = statistics.findLast(({ iface }) => iface === id);
      return { name, description, linkType: linkTypeName(linkType), snaplen, filter, os, packets: packets[id]!, counts: last ? statisticsText(last) : '' };
    }),
    names: of(reader.extras, 'names').flatMap((names) => namesList(names, (type, bytes) => ADDRESSES[type]?.(bytes) ?? '')),
    secrets: of(reader.extras, 'secrets').map(secretsText),
  };
}
