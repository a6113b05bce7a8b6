import { numberKeyword } from './number-keyword.ts';

export const flowAge = numberKeyword({
  names: ['flow.age'], summary: 'Whole seconds since the flow began compare.', label: 'the age of the flow in seconds', max: 4_294_967_295, width: 0, ofFlow: true,
  value: (p) => (p.flow === null ? -1 : Math.max(0, p.flow.lastSeconds - p.flow.startSeconds)),
  place: () => 0,
});
