import type { Keyword } from './keyword.ts';
import { readPairs, setThreshold } from './threshold.ts';

export const detectionFilter: Keyword = {
  names: ['detection_filter'], summary: 'Alerts only from the match after so many within a time.', form: 'detection_filter:track by_src|by_dst|by_both|by_rule|by_flow, count N, seconds N[, unique_on src_port|dst_port];', value: 'required',
  read(option, rule) { setThreshold(option, rule, 'detection_filter', readPairs(option, ['track', 'count', 'seconds', 'unique_on'])); },
};
