import { AppDialog } from '../dialogs/AppDialog.tsx';
import { useCaptures } from '../stores/captures.ts';
import { mirrorOf } from '../stores/mirror.ts';
import { TARGETS } from './sessions-json.ts';
import { cancelMake, capture as chosenCapture, closeWhatIf, give, make, openMade, saveMade, takeCapture, useWhatIf, type Given } from './what-if.ts';
import './mirror.css';

type Field = readonly [key: keyof Given, label: string, placeholder: string];

const ENVELOPE: readonly Field[] = [
  ['mtu', 'Target’s MTU', '9001'], ['sourceMtu', 'Source’s MTU', 'as captured'], ['vni', 'VNI', 'the session’s'], ['sourceIp', 'Source’s address', 'as captured'], ['sourceMac', 'Source’s MAC address', 'as captured'],
  ['targetIp', 'Target’s address', 'as described'], ['targetMac', 'Target’s MAC address', 'as captured'],
];
const INTERFACE: readonly Field[] = [['vni', 'VNI', 'any'], ['port', 'UDP port', '4789'], ['local', 'Local address', 'any']];

/** Makes the appliance's capture of a source's, or takes the envelopes off. */
export function WhatIfDialogs() {
  const { open } = useWhatIf();
  return (
    <AppDialog title={open === 'unwrap' ? 'Take the envelope off' : 'Make the appliance’s capture'} className="what-if" open={open !== null} onClose={closeWhatIf}>
      <div className="dialog-body">
        {open === 'unwrap' ? <Unwrap /> : <Mirror />}
        <Outcome />
      </div>
      <Foot />
    </AppDialog>
  );
}

function Mirror() {
  const { given, plan } = useWhatIf();
  const ruled = mirrorOf(chosenCapture()) !== null;
  return (
    <>
      <p className="dim">What the appliance would have received of a source’s packets: filtered, in the segments that the network card sends, cut to what the target takes, each in its envelope.</p>
      <div className="what-if-fields">
        <CaptureField label="Source’s capture" />
        {!ruled && (
          <label><span>Target</span>
            <select className="select" value={given.targetType} onChange={({ target }) => give({ targetType: target.value })}>{Object.entries(TARGETS).map(([value, words]) => <option key={value} value={value}>{words}</option>)}</select>
          </label>
        )}
        {!ruled && <TextField field={['packetLength', 'Packet length', 'whole packets']} />}
        {ENVELOPE.map((field) => <TextField key={field[0]} field={field} />)}
        <FormatField />
      </div>
      <p className="mirror-note">{ruled ? 'The mirror rules of this source decide which packets are taken.' : 'No mirror rules were given for this source: every IP packet is taken.'}</p>
      {plan.length > 0 && <div role="status" aria-label="What will happen" className="mirror-told">{plan.map((sentence) => <p key={sentence}>{sentence}</p>)}</div>}
    </>
  );
}

const Unwrap = () => (
  <>
    <p className="dim">What a Linux VXLAN interface would hand up: destination port, I flag, reserved bits, lengths and checksums count as for the kernel, and fragments of the outer packet are put together first.</p>
    <div className="what-if-fields">
      <CaptureField label="Capture" />
      {INTERFACE.map((field) => <TextField key={field[0]} field={field} />)}
      <FormatField />
    </div>
  </>
);

function CaptureField({ label }: { label: string }) {
  const captures = useCaptures((state) => state.captures);
  const chosen = useWhatIf((state) => state.capture);
  return (
    <label><span>{label}</span>
      <select className="select" value={chosen ?? ''} onChange={({ target }) => takeCapture(Number(target.value))}>{captures.filter(({ state }) => state !== 'dead').map(({ id, name }) => <option key={id} value={id}>{name}</option>)}</select>
    </label>
  );
}

function TextField({ field: [key, label, placeholder] }: { field: Field }) {
  const value = useWhatIf(({ given }) => given[key]);
  return <label><span>{label}</span><input className="text-input mono" placeholder={placeholder} spellCheck={false} value={value} onChange={({ target }) => give({ [key]: target.value })} /></label>;
}

function FormatField() {
  const format = useWhatIf(({ given }) => given.format);
  return (
    <label><span>Format</span>
      <select className="select" value={format} onChange={({ target }) => give({ format: target.value as Given['format'] })}><option value="pcap">pcap</option><option value="pcapng">pcapng</option></select>
    </label>
  );
}

/** How it went, in sentences. */
function Outcome() {
  const { made, trouble } = useWhatIf();
  if (trouble !== null) return <p role="status" className="strong">{trouble}</p>;
  if (!made) return null;
  return (
    <div role="status" aria-label="What was made" className="mirror-told what-if-made">
      <p className="strong">{made.name}</p>
      {made.lines.map((line) => <p key={line} className={line.startsWith('  ') ? 'what-if-reason' : ''}>{line.trim()}</p>)}
    </div>
  );
}

function Foot() {
  const { made, running, progress, capture, trouble, open } = useWhatIf();
  const share = progress && progress.total > 0 ? `, ${Math.min(100, Math.floor((100 * progress.done) / progress.total))} %` : '';
  return (
    <div className="dialog-foot">
      {running && <span role="status" className="dim">{progress ? `${progress.step}${share}` : 'Starting'} …</span>}
      <span className="spring" />
      {running ? <button type="button" className="button" onClick={cancelMake}>Cancel</button> : <button type="button" className="button" onClick={closeWhatIf}>{made ? 'Done' : 'Cancel'}</button>}
      {made && <button type="button" className="button" onClick={openMade} disabled={made.frames === 0}>Open here</button>}
      {made
        ? <button type="button" className="button primary" onClick={saveMade}>Save</button>
        : <button type="button" className="button primary" disabled={running || capture === null || (open === 'mirror' && trouble !== null)} onClick={() => void make()}>{open === 'unwrap' ? 'Take off' : 'Make'}</button>}
    </div>
  );
}
