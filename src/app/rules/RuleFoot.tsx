import { useEffect, useState } from 'react';
import { FaultError } from '../../core/base/fault.ts';
import type { KeywordHelp, WhyReport } from '../../worker/protocol.ts';
import { readableCapture, useShownCapture } from '../stores/captures.ts';
import { useRules } from '../stores/rules.ts';
import { useSelection } from '../stores/selection.ts';
import { callCapture } from '../stores/workers.ts';
import { useCaret } from './editor/caret.ts';

const HELP_MS = 60;
const TRY_MS = 250;

/** What is under the cursor of the editor: what the keyword means, and what the rule does with the selected packet as it is typed. */
export function RuleFoot() {
  const help = useHelp();
  const trial = useTrial();
  return (
    <section className="rule-foot" aria-label="Under the cursor">
      <p className="rule-foot-help">{help ? <><code>{help.form === '' ? help.name : help.form}</code> {help.summary} {help.note}</> : <span className="dim">Ctrl+Space offers keywords, variables and values; the one under the cursor is explained here.</span>}</p>
      {trial !== null && <p className="rule-foot-trial" role="status">{trial}</p>}
    </section>
  );
}

function useHelp(): KeywordHelp | null {
  const { rule, caret } = useCaret();
  const ours = useRules((rules) => rules.ours);
  const [help, setHelp] = useState<KeywordHelp | null>(null);
  const text = rule && !rule.off ? rule.text : '';
  useEffect(() => {
    let late = false;
    const timer = setTimeout(() => {
      const capture = readableCapture();
      if (text === '' || !capture) { setHelp(null); return; }
      callCapture(capture.id, 'ruleHelp', { text, caret, ours }).then((found) => { if (!late) setHelp(found.help); }, (error: unknown) => { if (!(error instanceof FaultError)) throw error; });
    }, HELP_MS);
    return () => { late = true; clearTimeout(timer); };
  }, [text, caret, ours]);
  return help;
}

/** The rule under the cursor on the selected packet, in a sentence; null where there is nothing to try. */
function useTrial(): React.ReactNode {
  const rule = useCaret((caret) => caret.rule);
  const { text, files, vxlanDecoding, ips, ours } = useRules();
  const capture = useShownCapture();
  const packet = useSelection((selection) => selection.packet);
  const [tried, setTried] = useState<WhyReport | 'mistake' | null>(null);
  const line = rule && !rule.off ? rule.first : 0;
  const id = capture && capture.state !== 'waiting' && capture.state !== 'dead' ? capture.id : null;
  useEffect(() => {
    const stop = new AbortController();
    const timer = setTimeout(() => {
      if (line === 0 || id === null || packet === null) { setTried(null); return; }
      callCapture(id, 'tryRule', { text, files: [], off: [], vxlanDecoding, ips, ours, line, packet }, { signal: stop.signal }).then(
        (report) => { if (!stop.signal.aborted) setTried(report ?? 'mistake'); }, (error: unknown) => { if (!(error instanceof FaultError)) throw error; });
    }, TRY_MS);
    return () => { stop.abort(); clearTimeout(timer); };
  }, [line, id, packet, text, files, vxlanDecoding, ips, ours]);
  if (line === 0 || !capture) return null;
  if (packet === null) return <span className="dim">Select a packet in Packets, and what this rule does with it stands here while you type.</span>;
  if (tried === null) return null;
  if (tried === 'mistake') return <><b>Packet {packet} of {capture.name}:</b> the rule has a mistake, see below.</>;
  return <><b>Packet {tried.packet} of {capture.name}:</b> <span className={tried.levels.some(({ outcome }) => outcome === 'alert') ? 'why-fires' : ''}>{tried.sentence}</span></>;
}
