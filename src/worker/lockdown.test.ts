import { expect, it } from 'vitest';
import { lockDown, removeFrom, WAYS_OUT } from './lockdown.ts';

/** A scope with each way out on itself or on what it inherits from, as browsers have them on both. */
function scopeWith(names: readonly string[]): object {
  const base = Object.create(null) as object;
  const middle = Object.create(base) as object;
  const scope = Object.create(middle) as object;
  names.forEach((name, at) => Object.defineProperty([scope, middle, base][at % 3]!, name, { value: () => 'out', configurable: true, writable: true }));
  return scope;
}

it('leaves no way out, inherited ones included, and none can be put back', () => {
  const scope = scopeWith(WAYS_OUT);
  lockDown(scope);
  for (const name of WAYS_OUT) {
    expect(Reflect.get(scope, name), name).toBeUndefined();
    expect(Reflect.set(scope, name, 1), name).toBe(false);
    expect(Reflect.deleteProperty(scope, name), name).toBe(false);
  }
});

it('starts nothing where a way out cannot be taken away', () => {
  const scope = Object.defineProperty({}, 'fetch', { value: () => 'out', configurable: false, writable: false });
  expect(() => lockDown(scope)).toThrow('fetch cannot be removed');
});

it('removes from the navigator what sends', () => {
  const navigator = { sendBeacon: () => true };
  removeFrom(navigator, ['sendBeacon']);
  expect(navigator.sendBeacon).toBeUndefined();
});
