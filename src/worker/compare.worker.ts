import './lockdown.ts'; // first: no way out is left when the rest is loaded
import { mirrorSummary } from '../core/mirror/mirror-summary.ts';
import { announce } from './announce.ts';
import { CompareDesk, interfaceFile } from './compare-desk.ts';
import type { CompareCalls } from './compare-protocol.ts';
import { mirrored, mirrorPlan, unwrapped } from './mirror-desk.ts';
import { serve } from './server.ts';

const desk = new CompareDesk();

serve<CompareCalls>(self, {
  compare: (request, context) => desk.compare(request, context),
  mirror: ({ files }) => Promise.resolve(mirrorSummary(files)),
  mirrorPlan: (request) => Promise.resolve(mirrorPlan(request)),
  mirrored: (request, context) => mirrored(request, context),
  unwrapped: (request, context) => unwrapped(request, context),
  interfaceFile: (request, context) => interfaceFile(request, context),
  pairs: (range) => Promise.resolve(desk.pairs(range)),
  points: (request, context) => desk.points(request, context),
  why: ({ source, appliance }) => Promise.resolve(desk.why(source, appliance)),
  spanBetween: (request) => Promise.resolve(desk.spanBetween(request)),
  setClock: (request) => Promise.resolve(desk.setClock(request)),
  resultFile: (range) => Promise.resolve(desk.resultFile(range)),
  captureFile: (request, context) => desk.captureFile(request, context),
});
announce();
