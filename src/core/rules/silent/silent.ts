import { FaultError } from '../../base/fault.ts';
import type { CaptureReader } from '../../capture/capture-reader.ts';
import { count as grouped } from '../../format/number.ts';
import type { AlertRecord } from '../match/alert-record.ts';
import { Matcher } from '../match/matcher.ts';
import type { SilentReport, Suspect } from '../report.ts';
import type { RunOptions } from '../run.ts';
import type { Signature } from '../signature.ts';
import { Fallout } from './fallout.ts';
import { SUSPECTS, type SuspectKind, type Trial } from './suspects.ts';

/** A trial that runs along: how often the rule fires in it, and where first. */
class Running {
  readonly kind: SuspectKind;
  readonly trial: Trial;
  readonly matcher: Matcher;
  alerts = 0;
  first: AlertRecord | null = null;
  constructor(kind: SuspectKind, trial: Trial) {
    this.kind = kind;
    this.trial = trial;
    this.matcher = new Matcher([trial.signature, ...trial.others], trial.settings);
  }
  readonly take = (alert: AlertRecord): void => {
    if (alert.signature !== this.trial.signature) return;
    this.alerts++;
    this.first ??= alert;
  };
}

const times = (n: number): string => (n === 1 ? 'once' : n === 2 ? 'twice' : `${grouped(n)} times`);

/** Other rules that can change what one does: those that act, remember, or set what it tests. */
const acts = ({ action, effects }: Signature): boolean => action !== 'alert' || effects.length > 0;

/**
 * Why a rule is silent over a whole capture: the condition at which the packets fell out, the packet that came closest, and which of the usual reasons, taken out of the way, would let it
 * fire. One pass; reading stops with a FaultError when the signal is aborted.
 */
export async function whySilent(reader: CaptureReader, { signature, others, settings }: Trial, { signal, onWindow }: RunOptions = {}): Promise<SilentReport> {
  const base: Trial = { signature, others: others.filter((other) => other !== signature && other.unevaluated === '' && acts(other)), settings };
  const matcher = new Matcher([signature, ...base.others], settings);
  const fallout = new Fallout(signature);
  const running = SUSPECTS.flatMap((kind) => { const trial = kind.without(base); return trial ? [new Running(kind, trial)] : []; });
  let packets = 0;
  let alerts = 0;
  const onAlert = (alert: AlertRecord): void => { if (alert.signature === signature) alerts++; };
  matcher.watch((p) => { if (!p.isStreamEnd) fallout.take(p, reader.start); });
  do {
    while (reader.next()) {
      const { bytes, start, end, seconds, nanoseconds } = reader;
      const linkType = reader.interfaces[reader.iface]?.linkType ?? -1;
      packets = reader.number;
      matcher.packet(bytes, start, end, linkType, packets, seconds, nanoseconds, onAlert);
      for (const each of running) each.matcher.packet(bytes, start, end, linkType, packets, seconds, nanoseconds, each.take);
    }
    if (signal?.aborted === true) throw new FaultError({ code: 'cancelled', what: 'Looking for the reason was stopped', next: 'Choose the rule again to go on.' });
    await onWindow?.(packets);
  } while (await reader.refill());
  matcher.finish(onAlert);
  for (const each of running) each.matcher.finish(each.take);
  return { packets, alerts, levels: fallout.levels(), suspects: running.flatMap((each): Suspect[] => (each.first !== null && each.alerts > alerts ? [suspectOf(each, base, each.first)] : [])) };
}

const suspectOf = ({ kind, alerts }: Running, base: Trial, first: AlertRecord): Suspect =>
  ({ alerts, packet: first.number, sentence: `${kind.before(base)} it fires ${times(alerts)}, first on packet ${grouped(first.number)}${spaced(kind.after(first, base))}.` });

const spaced = (text: string): string => (text === '' || /^[,:]/.test(text) ? text : ` ${text}`);
