import { useEffect, useState } from 'react';
import { FaultError } from '../../core/base/fault.ts';
import { count as grouped, counted } from '../../core/format/number.ts';
import type { SilentLevel, SilentReport } from '../../worker/protocol.ts';
import { captureOf } from '../stores/captures.ts';
import { callCapture } from '../stores/workers.ts';
import { columnName } from './levels.ts';
import { choosePacket, useRun, type CaptureRun, type Cell } from './run.ts';

/** Up to so many packets the capture is looked through without being asked to. */
const AT_ONCE = 200_000;

type State = { readonly key: string; readonly report: SilentReport | null; readonly done: number | null };

/** Looks through the capture for one silent rule. */
function useSilent({ capture, signature }: Cell, wanted: boolean): { report: SilentReport | null; done: number | null } {
  const version = useRun((run) => run.version);
  const key = `${capture}.${signature}.${version}`;
  const [state, setState] = useState<State>({ key: '', report: null, done: null });
  useEffect(() => {
    const stop = new AbortController();
    if (!wanted) return () => stop.abort();
    const set = (change: Omit<State, 'key'>): void => { if (!stop.signal.aborted) setState({ key, ...change }); };
    callCapture(capture, 'silent', { signature }, { signal: stop.signal, onProgress: ({ packetsDone }) => set({ report: null, done: packetsDone }) }).then(
      (report) => set({ report, done: null }), (error: unknown) => { if (!(error instanceof FaultError)) throw error; });
    return () => stop.abort();
  }, [capture, signature, key, wanted]);
  return state.key === key ? state : { report: null, done: null };
}

/** For a cell with no alert: where the packets fell out, which came closest, and which of the usual reasons it is. */
export function SilentPanel({ cell, run }: { cell: Cell; run: CaptureRun }) {
  const [asked, setAsked] = useState('');
  const key = `${cell.capture}.${cell.signature}`;
  const { report, done } = useSilent(cell, run.report.packets <= AT_ONCE || asked === key);
  const name = columnName(cell.level, run.report.levels);
  return (
    <section className="why-silence" aria-label="Silent rule">
      <h3>No alert on {name === 'frame' ? 'any frame' : `the ${name} packets`} of {captureOf(cell.capture)?.name}</h3>
      <Elsewhere cell={cell} />
      {report === null
        ? run.report.packets > AT_ONCE && asked !== key
          ? <button type="button" className="button" onClick={() => setAsked(key)}>Look through {grouped(run.report.packets)} packets for the reason</button>
          : <p className="dim" role="status">Looking for the reason{done === null ? '' : `: ${grouped(done)} packets`}… {run.report.packets > AT_ONCE && <button type="button" className="button quiet small" onClick={() => setAsked('')}>Stop</button>}</p>
        : <Found report={report} level={cell.level} />}
    </section>
  );
}

/** It may be the right rule at the wrong place. */
function Elsewhere({ cell }: { cell: Cell }) {
  const { runs, rule } = useRun();
  const places = runs.flatMap(({ capture, report }) => (rule?.get(capture)?.hits ?? [])
    .filter(({ level, count }) => count > 0 && !(capture === cell.capture && level === cell.level))
    .map(({ level, count }) => `${captureOf(capture)?.name}, ${columnName(level, report.levels)} (${grouped(count)})`));
  return places.length === 0 ? null : <p>It fires at {places.join('; ')}.</p>;
}

function Found({ report: { suspects, levels }, level }: { report: SilentReport; level: number }) {
  const here = levels.find((each) => each.level === level);
  return (
    <>
      {suspects.length > 0 && <ul className="suspects" aria-label="Usual suspects">{suspects.map(({ sentence, packet }) => <li key={sentence}>{sentence} <PacketButton packet={packet} /></li>)}</ul>}
      {suspects.length === 0 && <p>None of the usual reasons (envelope, direction, addresses, ports, missing handshake, one direction only, checksums, threshold, pass rules) would let it fire.</p>}
      {here === undefined || here.inspected === 0 ? <p>The rules’ decoder reaches this level in no packet of the capture.</p> : <FellOut level={here} />}
    </>
  );
}

const PacketButton = ({ packet }: { packet: number }) => <button type="button" className="button quiet small" onClick={() => choosePacket(packet)}>Look at packet {grouped(packet)}</button>;

function FellOut({ level: { inspected, fellOut, closest } }: { level: SilentLevel }) {
  const most = Math.max(1, ...fellOut.map(({ packets }) => packets));
  return (
    <>
      <table className="fell-out" aria-label="Where the packets fell out">
        <thead><tr><th scope="col">Of {counted(inspected, 'packet')}</th><th scope="col">wanted</th><th scope="col" className="right">fell out</th></tr></thead>
        <tbody>
          {fellOut.map(({ label, wanted, packets }, at) => (
            <tr key={at} data-most={packets === most || undefined}>
              <th scope="row">{label}</th><td className="mono">{wanted}</td>
              <td className="mono right"><i className="fell-bar" style={{ width: `${Math.max(2, Math.round((packets / most) * 48))}px` }} aria-hidden />{grouped(packets)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {closest && <p>Closest: packet {grouped(closest.packet)} met {counted(closest.met, 'condition')}, then fell out at {closest.label}: it has {closest.seen}. <PacketButton packet={closest.packet} /></p>}
    </>
  );
}
