// Rules while they are written: what one does with a packet before any run, and one made from a packet.

import { ruleFrom } from '../core/rules/edit/from-packet.ts';
import { Matcher } from '../core/rules/match/matcher.ts';
import type { RulesRequest, WhyReport } from './protocol.ts';
import { settingsOf } from './rule-settings.ts';
import { RuleTexts } from './rule-texts.ts';
import type { OpenSession, Session } from './session.ts';
import { approach, whyReport } from './why.ts';

export class RuleTrial {
  readonly #session: Session;
  readonly #texts = new RuleTexts(); // of the last text: another packet asks the same rules
  constructor(session: Session) { this.#session = session; }

  /** Why the rule that begins in a line fires on a packet or not; null where none that can be read begins. The rules around it set its flow's bits, and pass before it. */
  async tryRule({ line, packet, ...request }: RulesRequest & { readonly line: number; readonly packet: number }, signal: AbortSignal): Promise<WhyReport | null> {
    const { signatures } = await this.#texts.read(request, signal);
    const signature = signatures.find((each) => each.file === '' && each.line === line);
    return signature ? whyReport(this.#session.opened, new Matcher(signatures, settingsOf(request)), signature, signature.index, packet, signal) : null;
  }
}

/** A rule that fires on a packet, as it is seen on a level, or on the innermost one that the rules' decoder reaches. */
export async function ruleFromPacket(open: OpenSession, number: number, level: number, sid: number, vxlanDecoding: boolean): Promise<string> {
  const matcher = new Matcher([], settingsOf({ vxlanDecoding, ips: false, ours: false }));
  const { bytes, linkType, seconds, nanoseconds } = await approach(open, matcher, number);
  matcher.packet(bytes, 0, bytes.length, linkType, number, seconds, nanoseconds, () => {});
  const { views, count } = matcher.decoder;
  const seen = views.slice(0, count);
  return ruleFrom(seen.findLast((view) => view.level === level) ?? seen.at(-1)!, sid);
}
