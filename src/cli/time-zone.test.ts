import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { localClock } from './time-zone.ts';

const SUMMER = Date.UTC(2024, 6, 1) / 1000;
const WINTER = Date.UTC(2024, 0, 1) / 1000;
const zones = existsSync('/usr/share/zoneinfo/Europe/Berlin');

describe('local time', () => {
  it('is null for UTC', () => expect(localClock('UTC')).toBeNull());

  it.skipIf(!zones).each([
    // Offsets and abbreviations of the IANA time zone database.
    ['Europe/Berlin', SUMMER, 7200, 'CEST'], ['Europe/Berlin', WINTER, 3600, 'CET'], ['America/New_York', SUMMER, -14_400, 'EDT'], ['America/New_York', WINTER, -18_000, 'EST'],
    ['Asia/Tokyo', SUMMER, 32_400, 'JST'], ['Asia/Kolkata', SUMMER, 19_800, 'IST'], ['Asia/Kathmandu', 0, 19_800, '+0530'], ['America/New_York', 0, -18_000, 'EST'],
  ])('of %s at %i', (tz, seconds, offset, name) => expect(localClock(tz)!(seconds)).toMatchObject({ offset, name }));
});
