// Which of the sessions that were read are at work on a capture's interface.

import { counted } from '../format/number.ts';
import type { MirrorFilter } from './mirror-filter.ts';
import { badMirror } from './mirror-json.ts';
import type { Mirror } from './read-mirror.ts';
import { sessionName, type MirrorSession } from './read-sessions.ts';

export interface PlayedSession {
  readonly session: MirrorSession;
  readonly filter: MirrorFilter;
  /** Whether what it mirrors is asked for. Where a VNI is, the interface's other sessions still take their packets before it. */
  readonly ours: boolean;
}

/** The sessions of one source interface, each with its filter, in the order in which they are tried. Throws a FaultError where there is none. */
export function playedSessions({ sessions, filters, targets }: Mirror, vni: number | undefined, said: string[]): PlayedSession[] {
  if (filters.length === 0) throw badMirror('None of the files holds a mirror filter', 'Add what `aws ec2 describe-traffic-mirror-filters` prints.');
  if (sessions.length === 0) {
    if (filters.length > 1) throw badMirror(`The files hold ${filters.length} filters and no session that says which one counts`, 'Add what `aws ec2 describe-traffic-mirror-sessions` prints.');
    said.push('No session is told; one with the only filter is played.');
    return [{ filter: filters[0]!, ours: true, session: { id: '', filter: filters[0]!.id, target: targets[0]?.id ?? '', source: '', number: 1, vni: null, packetLength: null } }];
  }
  const ofVni = vni === undefined ? [] : sessions.filter((session) => session.vni === vni);
  const wanted = ofVni.length > 0 ? ofVni : sessions;
  const { source } = wanted[0]!;
  const sources = new Set(wanted.map((session) => session.source));
  if (sources.size > 1) said.push(`The sessions are of ${sources.size} network interfaces; the capture is taken to be of ${source === '' ? 'the one that is not named' : source}. A VNI (--vni) chooses another.`);
  const here = sessions.filter((session) => session.source === source);
  const played = here.flatMap((session): PlayedSession[] => {
    const filter = filters.find(({ id }) => id === session.filter) ?? (session.filter === '' && filters.length === 1 ? filters[0] : undefined);
    return filter === undefined ? [] : [{ session, filter, ours: wanted.includes(session) }];
  });
  if (played.some(({ ours }) => ours)) return played;
  if (here.length === 1 && filters.length === 1) { // files of two mirrors, or a filter that was copied: what else could be meant
    said.push(`${sessionName(here[0]!.id)} names another filter than the only one that is there, ${filters[0]!.id === '' ? 'which has no id' : filters[0]!.id}; that one is played.`);
    return [{ session: here[0]!, filter: filters[0]!, ours: true }];
  }
  throw badMirror(`The files hold ${counted(wanted.length, 'session')}, and of none the filter (${wanted[0]!.filter})`, 'Add what `aws ec2 describe-traffic-mirror-filters` prints.');
}
