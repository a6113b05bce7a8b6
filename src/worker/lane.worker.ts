import './lockdown.ts'; // first: no way out is left when the rest is loaded
import { announce } from './announce.ts';
import { laneHandlers } from './lane-desk.ts';
import type { LaneCalls, LaneEntry } from './lane-protocol.ts';
import { serve } from './server.ts';

serve<LaneEntry>(self, { connect: ({ port }) => { serve<LaneCalls>(port, laneHandlers()); return Promise.resolve(null); } });
announce();
