// The view as text after the "#": readable, so that a link can be written and changed by hand, and versioned, so that old ones stay good.
// "#v=1&tab=rules&show=appliance-eth0.pcap&packet=3&field=vxlan.vni&filter=vxlan.vni+==+333". Never a byte of a capture.

import { deflateSync, inflateSync, strFromU8, strToU8 } from 'fflate';
import type { Role, Sort, SortColumn } from '../../worker/protocol.ts';

/** What a link says; absent: as it is by default. */
export interface ViewLink {
  readonly captures?: readonly LinkedCapture[]; // in their order
  readonly show?: string; //          the name of the capture whose packets are shown
  readonly tab?: string;
  readonly packet?: number;
  readonly level?: number;
  readonly field?: string;
  readonly filter?: string;
  readonly sort?: Sort;
  readonly rules?: string;
  readonly mirror?: string; //        the rules of the compared source's mirror, as JSON; '' takes away those that a sample brings
  readonly decoding?: false; //       VXLAN decoding, when off
  readonly off?: readonly number[]; // sids of rules in large files that are switched off
  readonly ips?: true;
  readonly ours?: true; //            VXLens's own rule keywords
  readonly source?: string; //        names of the compared captures
  readonly appliance?: string;
  readonly fate?: string; //          of the pairs that are shown
  readonly also?: readonly string[]; // names of the further captures that are compared
  readonly offset?: number; //        of the appliance's clock, set by hand, in milliseconds
  readonly drift?: number; //         the same clock's, in parts per million
  readonly reference?: string; //     the protocol or field that the reference is open at
  readonly decode?: readonly string[]; // what ports are decoded as: "udp.port==8472,vxlan"
  readonly names?: string; //         of VNIs and interfaces, one a line
  readonly step?: string; //          of a lesson; it brings its own captures
}
export interface LinkedCapture { readonly name: string; readonly role: Role }

const VERSION = '1';
/** Rules up to here stand in the link as they are, longer ones compressed. */
const PLAIN_RULES = 2_000;
const LONGEST_RULES = 100_000;
/** Longer lists of names stay where they are: a link is no place for a directory. */
const LONGEST_NAMES = 2_000;
/** What would make the link longer than this is left out, since browsers and chats cut long links. */
const LONGEST_LINK = 64_000;
/** Keys that are left out, in this order, and what a person calls them. */
/** Ports that are decoded as something else, at most. */
const MOST_PLACES = 100;
/** More rules than this that are switched off are left out: their files do not stand in a link either. */
const MOST_OFF = 200;
const BULKY: readonly (readonly [key: string, words: string])[] = [['rules', 'the rules'], ['packed-rules', 'the rules'], ['mirror', 'the mirror’s rules'], ['packed-mirror', 'the mirror’s rules'], ['names', 'the names'], ['filter', 'the filter']];

const ROLES: Readonly<Record<string, Role>> = { s: 'Source', a: 'Appliance', d: 'Decapsulated', o: 'Other' };
const SORT_COLUMNS: readonly SortColumn[] = ['number', 'time', 'source', 'destination', 'protocol', 'length', 'vni', 'innerSource', 'innerDestination', 'innerProtocol', 'alerts'];

/** As little escaped as a link bears: what ends it or a part of it, and what browsers would escape themselves. */
const escape = (text: string): string => text.replace(/\p{Surrogate}/gu, '\ufffd').replace(/[%&#+"<>`^{}|\\]|[^\x20-\x7e]/gu, (sign) => encodeURIComponent(sign).replace('+', '%2B')).replace(/ /g, '+');
const unescape = (text: string): string => { try { return decodeURIComponent(text.replace(/\+/g, ' ')); } catch { return ''; } };

/** Names in a list have commas between; a comma or backslash of theirs has a backslash before it. */
const listText = (items: readonly string[]): string => items.map((item) => item.replace(/[\\,]/g, (sign) => `\\${sign}`)).join(',');
const itemsOf = (text: string): string[] => (text.match(/(?:\\.|[^\\,])+/gs) ?? []).map((item) => item.replace(/\\(.)/gs, '$1'));

const captureText = ({ name, role }: LinkedCapture): string => `${role[0]?.toLowerCase() ?? 'o'}:${name}`;

function capturesOf(text: string): LinkedCapture[] {
  return itemsOf(text).flatMap((item) => {
    const [, letter = '', name = ''] = /^(\w):(.*)$/s.exec(item) ?? [];
    const role = Object.hasOwn(ROLES, letter) ? ROLES[letter] : undefined;
    return role && name !== '' ? [{ role, name }] : [];
  });
}

/** Deflated, and kept for the next time: the address is written with every step, and rules are seldom others. */
const packedLast = new Map<string, { readonly text: string; readonly packed: string }>();
function pack(key: string, text: string): string {
  let last = packedLast.get(key);
  if (last?.text !== text) packedLast.set(key, last = { text, packed: toBase64(deflateSync(strToU8(text), { level: 9 })) });
  return last.packed;
}

const toBase64 = (bytes: Uint8Array): string => btoa(strFromU8(bytes, true)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');

function unpack(packed: string): string {
  try {
    const bytes = strToU8(atob(packed.replace(/-/g, '+').replace(/_/g, '/')), true);
    return strFromU8(inflateSync(bytes, { out: new Uint8Array(LONGEST_RULES * 3) }));
  } catch { return ''; }
}

/** The text of a view, from "#" on; '' for the default one. */
export const hashOf = (link: ViewLink): string => write(link).hash;

/** The same, and what of the view is too long to stand in it: "the rules". */
export function write(link: ViewLink): { readonly hash: string; readonly leftOut: readonly string[] } {
  const parts = partsOf(link);
  const leftOut: string[] = [];
  if ((link.rules?.length ?? 0) > LONGEST_RULES) leftOut.push('the rules');
  if ((link.mirror?.length ?? 0) > LONGEST_RULES) leftOut.push('the mirror’s rules');
  if ((link.off?.length ?? 0) > MOST_OFF) leftOut.push('the sids that are switched off');
  if ((link.names?.length ?? 0) > LONGEST_NAMES) leftOut.push('the names');
  for (const [key, words] of BULKY) {
    const at = parts.findIndex(([each]) => each === key);
    if (at < 0 || textOf(parts).length <= LONGEST_LINK) continue;
    parts.splice(at, 1);
    leftOut.push(words);
  }
  return { hash: textOf(parts), leftOut };
}

type Parts = [key: string, value: string][];

const textOf = (parts: Parts): string => (parts.length === 0 ? '' : `#${[['v', VERSION], ...parts].map(([key, value]) => `${key}=${escape(value ?? '')}`).join('&')}`);

function partsOf(link: ViewLink): Parts {
  const parts: Parts = [];
  const put = (key: string, value: string | undefined): void => { if (value !== undefined && value !== '') parts.push([key, value]); };
  put('tab', link.tab);
  put('step', link.step);
  put('show', link.show);
  put('packet', link.packet?.toString());
  put('level', link.level?.toString());
  put('field', link.field);
  put('filter', link.filter);
  put('sort', link.sort && `${link.sort.column}${link.sort.descending ? '-' : ''}`);
  put('source', link.source);
  put('appliance', link.appliance);
  put('fate', link.fate);
  put('also', link.also && listText(link.also));
  put('offset', link.offset?.toString());
  put('drift', link.drift?.toString());
  put('reference', link.reference);
  put('decode', link.decode?.slice(0, MOST_PLACES).join(';'));
  if ((link.names?.length ?? 0) <= LONGEST_NAMES) put('names', link.names);
  if (link.decoding === false) put('decoding', 'off');
  if ((link.off?.length ?? 0) <= MOST_OFF) put('off', link.off?.join(','));
  if (link.ips) put('ips', 'on');
  if (link.ours) put('keywords', 'vxlens');
  put('captures', link.captures && listText(link.captures.map(captureText)));
  const putRules = (key: 'rules' | 'mirror', rules = ''): void => {
    if (link[key] === '') parts.push([key, '']); // an editor that was emptied is not the default one
    else if (rules.length <= PLAIN_RULES) put(key, rules);
    else if (rules.length <= LONGEST_RULES) put(`packed-${key}`, pack(key, rules));
  };
  putRules('rules', link.rules);
  putRules('mirror', link.mirror);
  return parts;
}

const numberOf = (text: string | undefined): number | undefined => (text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : undefined);

const decimalOf = (text = ''): number | undefined => (/^-?\d{1,15}(\.\d+)?(e-\d{1,2})?$/.test(text) ? Number(text) : undefined);

function sortOf(text: string | undefined): Sort | undefined {
  const column = SORT_COLUMNS.find((name) => name === text?.replace(/-$/, ''));
  return column && { column, descending: text?.endsWith('-') === true };
}

/** What a hash says; {} for none, for one of a version that is not known, and for what is no hash of ours. A part that is wrong is left out. */
export function linkOf(hash: string): ViewLink {
  if (hash.length > LONGEST_LINK) return {};
  const parts = new Map(hash.replace(/^#/, '').split('&').flatMap((part): [string, string][] => {
    const at = part.indexOf('=');
    return at < 1 ? [] : [[part.slice(0, at), unescape(part.slice(at + 1))]];
  }));
  if (parts.get('v') !== VERSION) return {};
  const rulesIn = (key: string): string | undefined => { const packed = parts.get(`packed-${key}`); return packed === undefined ? parts.get(key) : unpack(packed); };
  return definedOnly({
    captures: parts.has('captures') ? capturesOf(parts.get('captures') ?? '') : undefined,
    show: parts.get('show'), tab: parts.get('tab'), packet: numberOf(parts.get('packet')), level: numberOf(parts.get('level')), field: parts.get('field'),
    filter: parts.get('filter'), sort: sortOf(parts.get('sort')), rules: rulesIn('rules'), mirror: rulesIn('mirror'),
    decoding: parts.get('decoding') === 'off' ? false as const : undefined, off: offOf(parts.get('off')), ips: parts.get('ips') === 'on' ? true as const : undefined, ours: parts.get('keywords') === 'vxlens' ? true as const : undefined,
    source: parts.get('source'), appliance: parts.get('appliance'), fate: parts.get('fate'), also: parts.has('also') ? itemsOf(parts.get('also') ?? '') : undefined, offset: decimalOf(parts.get('offset')), drift: decimalOf(parts.get('drift')),
    names: parts.get('names'), decode: parts.has('decode') ? parts.get('decode')!.split(';').filter(Boolean).slice(0, MOST_PLACES) : undefined, reference: parts.get('reference'), step: parts.get('step'),
  });
}

/** Sids, each once and ascending. */
function offOf(text: string | undefined): number[] | undefined {
  const sids = (text ?? '').split(',').slice(0, MOST_OFF).flatMap((part) => (/^\d{1,10}$/.test(part) ? [Number(part)] : []));
  return sids.length === 0 ? undefined : [...new Set(sids)].sort((a, b) => a - b);
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };
const definedOnly = <T extends object>(all: T): Defined<T> => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Defined<T>;
