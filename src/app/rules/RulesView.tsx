import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { Split } from '../shared/Split.tsx';
import { useRules } from '../stores/rules.ts';
import { setStatus } from '../stores/view.ts';
import { AlertsPane } from './AlertsPane.tsx';
import { IpsBar } from './IpsBar.tsx';
import { LoadedFiles } from './LoadedFiles.tsx';
import { RuleFoot } from './RuleFoot.tsx';
import { ResultNotes } from './ResultNotes.tsx';
import { RuleList } from './RuleList.tsx';
import { RuleResults } from './RuleResults.tsx';
import { WhyPanel } from './WhyPanel.tsx';
import { addRuleFromPacket, formatText, saveRules, usePacketForRule } from './edit-actions.ts';
import { chooseRuleFiles, loadRuleFiles } from './load.ts';
import { registerRuleCommands, setSwitch } from './commands.ts';
import { checkRules, runRules, useRun } from './run.ts';
import { count, counted } from '../../core/format/number.ts';
import './rules.css';

const RuleEditor = lazy(() => import('./editor/RuleEditor.tsx')); // the editor is the largest library of the app, and only this view needs it
const CHECK_MS = 300;
const MOST_LISTED = 50; // mistakes

registerRuleCommands();

export function RulesView() {
  useStatus();
  const left = [
    { id: 'editor', name: 'rules', size: 34, least: '96px', content: <><Bar /><LoadedFiles /><Editor /></> },
    { id: 'results', name: 'rule results', size: 28, least: '60px', content: <Results /> },
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
      <input type="file" hidden aria-label="Rule files" accept=".rules,.txt,text/plain" multiple onChange={({ target }) => { void loadRuleFiles([...(target.files ?? [])]); target.value = ''; }} />
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

function Outcome() {
  const { runs, running, sofar, text, files } = useRun();
  const { ips, text: textNow, files: filesNow } = useRules();
  if (running) return <>Running…{sofar && ` ${counted(sofar.alerts, 'alert')} on ${counted(sofar.packets, 'packet')} so far`}</>;
  if (runs.length === 0) return <>alerts by capture and level</>;
  if (text !== textNow || files !== filesNow) return <>The rules have changed since they were run.</>;
  const { evaluated, rules } = runs[0]!.report;
  const packets = runs.reduce((sum, { report }) => sum + report.packets, 0);
  const blocked = runs.reduce((sum, { report }) => sum + report.blocked, 0);
  return <>{count(evaluated)} of {count(rules)} rules ran over {count(packets)} packets{ips ? `; ${count(blocked)} stopped, ${count(packets - blocked)} let through` : ''}</>;
}

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

function Mistakes() {
  const mistakes = useRun((run) => run.mistakes);
  const more = useRun(({ runs }) => runs[0]?.report.moreMistakes ?? 0) + Math.max(0, mistakes.length - MOST_LISTED);
  return (
    <ul className="mistakes" aria-label="Mistakes in the rules">
      {mistakes.slice(0, MOST_LISTED).map(({ file, line, column, message }) => <li key={`${file}.${line}.${column}`}><b>{file === '' ? 'Line' : `${file}, line`} {count(line)}, column {count(column)}:</b> {message}</li>)}
      {more > 0 && <li>and {count(more)} more</li>}
    </ul>
  );
}

function Results() {
  const runs = useRun((run) => run.runs);
  const [list, setList] = useState(false);
  return (
    <section className="pane results-pane" aria-label="Results">
      <div className="pane-head alerts-head">
        <h2>Rule results</h2><span role="status" className="clip"><Outcome /></span><span className="spring" />
        {runs.length > 0 && <span className="segments" role="group" aria-label="Results as"><button type="button" aria-pressed={!list} onClick={() => setList(false)}>Matrix</button><button type="button" aria-pressed={list} onClick={() => setList(true)}>Rule list</button></span>}
      </div>
      {runs.length === 0 ? <p className="empty">Nothing has run yet. After Run rules each rule has a row here, and each point of observation a column: so one sees where a rule can match.</p> : <><IpsBar /><ResultNotes />{list ? <RuleList /> : <RuleResults />}</>}
    </section>
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
