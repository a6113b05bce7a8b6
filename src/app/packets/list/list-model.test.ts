import { describe, expect, it } from 'vitest';
import type { Row } from '../../../worker/protocol.ts';
import { ListModel } from './list-model.ts';
import { PAGE } from './row-cache.ts';

const rowOf = (index: number): Row => ({
  number: index + 1, time: '0.000000', source: '172.31.9.144', destination: '172.31.4.131', protocol: 'VXLAN', length: '148', vni: '333',
  innerSource: '', innerDestination: '', innerProtocol: '', info: '', depth: 1, cut: false, malformed: false, alerts: [],
});

/** A worker whose answers come when the test says so, over `total` rows in the order that `order` gives. */
function worker(total: number, order = (index: number): number => index) {
  const waiting: (() => void)[] = [];
  const fetch = (from: number, count: number, signal: AbortSignal) => new Promise<{ from: number; rows: Row[] }>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('cancelled')));
    waiting.push(() => resolve({ from, rows: Array.from({ length: Math.max(0, Math.min(count, total - from)) }, (_, i) => rowOf(order(from + i))) }));
  });
  const answer = async (times = 1): Promise<void> => { for (; times > 0; times--) { waiting.shift()?.(); await new Promise((done) => setTimeout(done)); } };
  return { fetch, answer, waiting, answerAll: async () => { while (waiting.length > 0) await answer(); } };
}

const VIEW = 240;
const opened = (total: number, w = worker(total)) => {
  const model = new ListModel(24, w.fetch, (error) => { throw error; });
  model.resize(24, VIEW);
  model.list({ key: 'a', version: 1, total, grows: true });
  return { model, w };
};

describe('the window of rows', () => {
  it('is asked for first, and what is around it after', async () => {
    const { model, w } = opened(10_000);
    await w.answer();
    expect(model.painted().rows).toHaveLength(10);
    await w.answerAll();
    expect(model.cache.requests).toBe(2);
    model.scroll.to(60 * 24);
    model.paint();
    expect(model.painted().first, 'prefetched: there at once').toBe(60);
    await w.answerAll();
  });

  it('stays on screen until the next one is whole', async () => {
    const { model, w } = opened(1_000_000);
    await w.answerAll();
    model.scroll.to(500_000 * 24);
    model.paint();
    expect(model.painted().first).toBe(0);
    expect(model.painted().rows).toHaveLength(10);
    await w.answer();
    expect(model.painted().first).toBe(500_000);
    expect(model.painted().rows[0]!.number).toBe(500_001);
    expect(model.blanks).toBe(0);
  });

  it('shows where a dragged thumb passes, and leaves no queue behind', async () => {
    const { model, w } = opened(1_000_000);
    await w.answerAll();
    for (let at = 100_000; at <= 900_000; at += 1000) { model.scroll.to(at * 24); model.paint(); }
    expect(w.waiting).toHaveLength(1);
    await w.answer();
    expect(model.painted().first).toBe(100_000);
    await w.answer();
    expect(model.painted().first).toBe(900_000);
  });

  it('reaches the last row when the last page is not full', async () => {
    const { model, w } = opened(PAGE * 3 + 5);
    model.scroll.to(Infinity);
    model.paint();
    await w.answerAll();
    expect(model.painted().rows.at(-1)!.number).toBe(PAGE * 3 + 5);
  });
});

describe('while packets arrive', () => {
  it('keeps whole pages and fetches the last one again', async () => {
    const { model, w } = opened(5, worker(1000));
    await w.answerAll();
    const { requests } = model.cache;
    model.list({ key: 'a', version: 2, total: 1000, grows: true });
    await w.answerAll();
    const more = model.cache.requests;
    model.list({ key: 'a', version: 3, total: 1000, grows: true });
    await w.answerAll();
    expect([requests, model.cache.requests]).toEqual([1, more]);
    expect(model.painted().rows).toHaveLength(10);
  });

  it('does not ask for ever where the worker has fewer rows than it said', async () => {
    const { model, w } = opened(1000, worker(3));
    await w.answerAll();
    model.paint();
    await w.answerAll();
    expect(model.painted().rows).toHaveLength(3);
    expect(model.cache.requests).toBeLessThan(4);
  });
});

describe('another order', () => {
  it('shows the rows before until the new ones are here, then only new ones', async () => {
    let descending = false;
    const { model, w } = opened(500, worker(500, (index) => (descending ? 499 - index : index)));
    await w.answerAll();
    descending = true;
    model.list({ key: 'b', version: 2, total: 500, grows: false });
    expect(model.painted().rows[0]!.number).toBe(1);
    await w.answer();
    expect(model.painted().rows.map(({ number }) => number)).toEqual([500, 499, 498, 497, 496, 495, 494, 493, 492, 491]);
    await w.answerAll();
    expect(model.blanks).toBe(0);
  });
});
