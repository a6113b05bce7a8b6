import './lockdown.ts'; // first: no way out is left when the rest is loaded
import { captureHandlers } from './handlers.ts';
import type { Calls } from './protocol.ts';
import { serve } from './server.ts';
import { announce } from './announce.ts';
import { Session } from './session.ts';

serve<Calls>(self, captureHandlers(new Session()));
announce();
