// Reads what the AWS CLI prints: describe-traffic-mirror-filters (-filter-rules), -sessions and -targets, in one file or several, in any order.

import type { MirrorFilter } from './mirror-filter.ts';
import { badMirror, objectsIn, onceEach, textIn, type MirrorFile } from './mirror-json.ts';
import { filterOf, isFilter, isRule } from './read-rules.ts';
import { isSession, isTarget, ordered, sessionOf, targetOf, type MirrorSession, type MirrorTarget } from './read-sessions.ts';

export interface Mirror {
  readonly filters: readonly MirrorFilter[];
  /** In the order in which they are tried. */
  readonly sessions: readonly MirrorSession[];
  readonly targets: readonly MirrorTarget[];
  /** What is odd but was read all the same, and what was left out, in sentences. */
  readonly notes: readonly string[];
}

/** Reads files that belong together. Throws a FaultError when one is not JSON, or holds nothing of a mirror. */
export function readMirrors(files: readonly MirrorFile[]): Mirror {
  const notes: string[] = [];
  const found = files.flatMap((file) => {
    const objects = objectsIn(file);
    if (!objects.some((o) => isFilter(o) || isRule(o) || isSession(o) || isTarget(o))) throw badMirror(`${file.name} holds no mirror filter, session or target`, NEXT);
    return objects;
  });
  const rules = onceEach(found.filter((o) => isRule(o)), 'TrafficMirrorFilterRuleId', notes);
  const wholes = onceEach(found.filter((o) => isFilter(o)), 'TrafficMirrorFilterId', notes);
  const ids = new Set(wholes.map((o) => textIn(o, 'TrafficMirrorFilterId')));
  const bare = [...new Set(rules.map((o) => textIn(o, 'TrafficMirrorFilterId')))].filter((id) => !ids.has(id)).map((id) => ({ TrafficMirrorFilterId: id }));
  const filters = [...wholes, ...bare].map((o) => filterOf(o, rules.filter((rule) => textIn(rule, 'TrafficMirrorFilterId') === textIn(o, 'TrafficMirrorFilterId')), notes));
  const targets = onceEach(found.filter((o) => isTarget(o)), 'TrafficMirrorTargetId', notes).map((o) => targetOf(o, notes));
  const sessions = onceEach(found.filter((o) => isSession(o)), 'TrafficMirrorSessionId', notes).map((o) => sessionOf(o, targets, notes));
  return { filters, targets, sessions: ordered(sessions, new Set(filters.map(({ id }) => id)), notes), notes };
}

/** Reads one file's text; `name` is for the sentences. */
export const readMirror = (text: string, name: string): Mirror => readMirrors([{ name, text }]);

const NEXT = 'Save what `aws ec2 describe-traffic-mirror-filters` prints and name that.';
