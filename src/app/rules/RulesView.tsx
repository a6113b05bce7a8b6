import { lazy, Suspense, useEffect, useMemo } from 'react';
import { Split } from '../shared/Split.tsx';
import { useRules } from '../stores/rules.ts';
import { setStatus } from '../stores/view.ts';
import { AlertsPane } from './AlertsPane.tsx';
import { LoadedFiles } from './LoadedFiles.tsx';
import { Mistakes } from './Mistakes.tsx';
import { ResultsPane } from './ResultsPane.tsx';
import { RuleFoot } from './RuleFoot.tsx';
import { WhyPanel } from './WhyPanel.tsx';
import { addRuleFromPacket, formatText, saveRules, usePacketForRule } from './edit-actions.ts';
import { chooseRuleFiles, loadRuleFiles } from './load.ts';
import { registerRuleCommands, setSwitch } from './commands.ts';
import { checkRules, runRules, useRun } from './run.ts';
import { count } from '../../core/format/number.ts';
import './rules.css';

const RuleEditor = lazy(() => import('./editor/RuleEditor.tsx')); // the editor is the largest library of the app, and only this view needs it
const CHECK_MS = 300;

registerRuleCommands();

export function RulesView() {
  useStatus();
  const left = [
    { id: 'editor', name: 'rules', size: 34, least: '96px', content: <><Bar /><LoadedFiles /><Editor /></> },
    { id: 'results', name: 'rule results', size: 28, least: '60px', content: <ResultsPane /> },
    { id: 'alerts', name: 'alerts', size: 38, least: '60px', content: <AlertsPane /> },
  ];
  return (
    <Split id="rules" orientation="horizontal" parts={[
      { id: 'work', name: 'rules and results', size: 68, least: '420px', content: <Split id="rules-left" orientation="vertical" parts={left} /> },
      { id: 'why', name: 'why', size: 32, least: '260px', content: <WhyPanel /> },
    ]} />
  );
}

function Bar() {
  const { vxlanDecoding, ips, ours } = useRules();
  const running = useRun((run) => run.running);
  const packet = usePacketForRule();
  return (
    <div className="toolbar">
      <button type="button" className="button primary run-rules" disabled={running} onClick={() => void runRules()}>Run rules</button>
      <button type="button" className="button" onClick={chooseRuleFiles}>Load rules</button>
      <button type="button" className="button quiet" onClick={saveRules}>Save rules</button>
      <button type="button" className="button quiet" onClick={() => void formatText()}>Format</button>
      {packet !== null && <button type="button" className="button quiet" title="Adds a rule that fires on the selected packet" onClick={() => void addRuleFromPacket()}>Rule from packet {packet}</button>}
      <input type="file" hidden aria-label="Rule files" accept=".rules,.txt,.config,.conf,text/plain" multiple onChange={({ target }) => { void loadRuleFiles([...(target.files ?? [])]); target.value = ''; }} />
      <span className="spring" />
      <Toggle name="VXLAN decoding" on={vxlanDecoding} onTurn={(on) => setSwitch({ vxlanDecoding: on })} />
      <Toggle name="IPS" on={ips} onTurn={(on) => setSwitch({ ips: on })} />
      <Toggle name="VNI keywords" title="VXLens’s own, which Suricata does not know: vxlan.vni, geneve.vni, tunnel.depth; flows told apart by VNI, and the VNI in eve.json" on={ours} onTurn={(on) => setSwitch({ ours: on })} />
    </div>
  );
}

/** A button and not a hidden check box under a drawing: what is seen is what is pressed. */
const Toggle = ({ name, title, on, onTurn }: { name: string; title?: string; on: boolean; onTurn: (on: boolean) => void }) => (
  <button type="button" role="switch" title={title} aria-checked={on} className="switch" onClick={() => onTurn(!on)}><i className="switch-track" aria-hidden />{name}</button>
);

function Editor() {
  const { text, ours } = useRules();
  const mistakes = useRun((run) => run.mistakes);
  const here = useMemo(() => mistakes.filter(({ file }) => file === ''), [mistakes]);
  useEffect(() => {
    const timer = setTimeout(() => void checkRules(text, ours), CHECK_MS);
    return () => clearTimeout(timer);
  }, [text, ours]);
  return (
    <>
      <Suspense fallback={<p className="empty">Loading the editor…</p>}>
        <RuleEditor text={text} mistakes={here} onChange={(next) => useRules.setState({ text: next })} onRun={() => void runRules()} />
      </Suspense>
      <RuleFoot />
      {mistakes.length > 0 && <Mistakes />}
    </>
  );
}

function useStatus(): void {
  const runs = useRun((run) => run.runs);
  const mistakes = useRun((run) => run.mistakes.length);
  useEffect(() => {
    const report = runs[0]?.report;
    const wrong = mistakes + (report?.moreMistakes ?? 0);
    setStatus(report === undefined ? [] : [`${count(report.signatures)} rules`, wrong === 0 ? 'no mistakes' : `${count(wrong)} with a mistake`]);
    return () => setStatus([]);
  }, [runs, mistakes]);
}
