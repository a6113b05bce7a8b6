// Local time with the zone's name, as C's strftime gives it. JavaScript has the offsets but no dependable names (CEST, JST), so both
// are read from the system's own zone files (RFC 8536).

import { readFileSync } from 'node:fs';

const FOLDERS = ['/usr/share/zoneinfo', '/usr/lib/zoneinfo', '/usr/share/lib/zoneinfo'];

interface Zone { readonly times: readonly number[]; readonly kinds: readonly number[]; readonly types: readonly { readonly offset: number; readonly name: string }[]; readonly rule: string }

/** Unix seconds to the offset in seconds and the name that hold then. */
export type Clock = (seconds: number) => { readonly offset: number; readonly name: string };

/** The clock that TZ names, or the system's own; null for UTC. */
export function localClock(tz: string | undefined): Clock | null {
  if (tz === 'UTC' || tz === 'UTC0' || tz === '') return null;
  const zone = zoneFile(tz);
  if (!zone) return scriptClock;
  return (seconds) => {
    let at = zone.times.length - 1;
    while (at >= 0 && zone.times[at]! > seconds) at--;
    // Behind the last transition the file gives a rule in words that JavaScript's own tables know as well: only the names come from the file.
    if (at === zone.times.length - 1 && zone.rule.includes(',')) return ruled(zone, seconds);
    return zone.types[at < 0 ? 0 : zone.kinds[at]!] ?? { offset: 0, name: 'UTC' };
  };
}

function ruled({ types, rule }: Zone, seconds: number): { offset: number; name: string } {
  const offset = scriptOffset(seconds);
  const names = [...rule.split(',')[0]!.matchAll(/<([^>]+)>|([A-Za-z]{3,})/g)].map((m) => m[1] ?? m[2]!);
  const name = names.find((n) => types.some((type) => type.offset === offset && type.name === n));
  return { offset, name: name ?? scriptName(seconds) };
}

function zoneFile(tz: string | undefined): Zone | null {
  const name = tz?.replace(/^:/, '');
  const paths = name === undefined ? ['/etc/localtime'] : name.startsWith('/') ? [name] : name.includes('..') ? [] : FOLDERS.map((folder) => `${folder}/${name}`);
  for (const path of paths) {
    try { return parseZone(readFileSync(path)); } catch { /* the next folder, or JavaScript's own clock */ }
  }
  return null;
}

/** Version 2 and later repeat the data with 64-bit times, and end with the rule for the times after the last transition. */
function parseZone(file: Buffer): Zone {
  if (file.toString('latin1', 0, 4) !== 'TZif') throw new Error('no zone file');
  const counts = (at: number) => Array.from({ length: 6 }, (_, i) => file.readUInt32BE(at + 20 + 4 * i)) as [number, number, number, number, number, number];
  const [isut, isstd, leap, time, type, chars] = counts(0);
  const second = 44 + time * 5 + type * 6 + chars + leap * 8 + isstd + isut;
  const wide = file[4]! >= 0x32;
  const [, , leaps, times, types, names] = wide ? counts(second) : [isut, isstd, leap, time, type, chars];
  const at = (wide ? second : 0) + 44;
  const size = wide ? 8 : 4;
  const typesAt = at + times * (size + 1);
  const namesAt = typesAt + types * 6;
  const name = (from: number): string => file.toString('latin1', namesAt + from, file.indexOf(0, namesAt + from));
  return {
    times: Array.from({ length: times }, (_, i) => (wide ? Number(file.readBigInt64BE(at + 8 * i)) : file.readInt32BE(at + 4 * i))),
    kinds: Array.from({ length: times }, (_, i) => file[at + times * size + i]!),
    types: Array.from({ length: types }, (_, i) => ({ offset: file.readInt32BE(typesAt + 6 * i), name: name(file[typesAt + 6 * i + 5]!) })),
    rule: wide ? file.toString('latin1', namesAt + names + leaps * 12).split('\n')[1] ?? '' : '',
  };
}

const scriptOffset = (seconds: number): number => -new Date(seconds * 1000).getTimezoneOffset() * 60;
const scriptName = (seconds: number): string =>
  new Intl.DateTimeFormat('en-US', { timeZoneName: 'short' }).formatToParts(new Date(seconds * 1000)).find((p) => p.type === 'timeZoneName')?.value ?? 'UTC';
const scriptClock: Clock = (seconds) => ({ offset: scriptOffset(seconds), name: scriptName(seconds) });
