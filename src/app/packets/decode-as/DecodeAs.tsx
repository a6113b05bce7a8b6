import { useEffect, useState, type FormEvent } from 'react';
import { create } from 'zustand';
import { FaultError } from '../../../core/base/fault.ts';
import type { Decodable } from '../../../worker/protocol.ts';
import { AppDialog } from '../../dialogs/AppDialog.tsx';
import { useCaptures } from '../../stores/captures.ts';
import { addRule, partsOf, removeRule, useDecodeAs } from '../../stores/decode-as.ts';
import { callCapture } from '../../stores/workers.ts';
import './decode-as.css';

export const TABLES: Readonly<Record<string, string>> = { 'udp.port': 'UDP port', 'tcp.port': 'TCP port' };

interface Opened { readonly open: boolean; readonly table: string; readonly port: string }
const useDialog = create<Opened>()(() => ({ open: false, table: 'udp.port', port: '' }));

/** Opens the dialog, with a port to begin with. */
export const openDecodeAs = (table = 'udp.port', port = ''): void => useDialog.setState({ open: true, table, port });
const close = (): void => useDialog.setState({ open: false });

/** Says what a port's payload is, where that is not what it usually is. What is said holds at once, for all captures. */
export function DecodeAs() {
  const { open, table, port } = useDialog();
  return <AppDialog title="Decode as" className="decode-as" open={open} onClose={close}><Entries /><Form key={`${table} ${port}`} table={table} port={port} /></AppDialog>;
}

function Entries() {
  const rules = useDecodeAs((state) => state.rules);
  if (rules.length === 0) return <p className="decode-as-none">Every port is decoded as usual: VXLAN, for one, on UDP port 4789. Say here what other ports carry.</p>;
  return (
    <table className="decode-as-table" aria-label="Ports that are decoded as something else">
      <thead><tr><th scope="col">Where</th><th scope="col">Value</th><th scope="col">Decoded as</th><th><span className="visually-hidden">Remove</span></th></tr></thead>
      <tbody>
        {rules.map((rule) => {
          const parts = partsOf(rule);
          const name = parts ? `${TABLES[parts.table] ?? parts.table} ${parts.port}` : rule;
          return (
            <tr key={rule}>
              <td>{parts ? TABLES[parts.table] : rule}</td><td className="mono">{parts?.port}</td><td className="mono">{parts?.protocol}</td>
              <td><button type="button" className="button quiet" aria-label={`Remove ${name}`} onClick={() => removeRule(rule)}>Remove</button></td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

const PORT = /^\d{1,5}(?:-\d{1,5})?$/;
const isPort = (text: string): boolean => PORT.test(text) && text.split('-').every((part) => Number(part) <= 65_535) && (!text.includes('-') || Number(text.split('-')[0]) <= Number(text.split('-')[1]));

function Form({ table: firstTable, port: firstPort }: { table: string; port: string }) {
  const [table, setTable] = useState(firstTable);
  const [port, setPort] = useState(firstPort);
  const [protocol, setProtocol] = useState('vxlan');
  const known = useDecodable().filter((each) => each.table === table);
  const chosen = known.some(({ name }) => name === protocol) ? protocol : known[0]?.name ?? '';
  const wrong = port !== '' && !isPort(port);
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isPort(port) || chosen === '') return;
    addRule({ table, port, protocol: chosen });
    setPort('');
  };
  return (
    <form className="decode-as-form" onSubmit={onSubmit}>
      <label>Where<select className="text-input" value={table} onChange={({ target }) => setTable(target.value)}>{Object.entries(TABLES).map(([name, label]) => <option key={name} value={name}>{label}</option>)}</select></label>
      <label>Value<input className="text-input mono" inputMode="numeric" autoFocus autoComplete="off" placeholder="8472" value={port} aria-invalid={wrong || undefined} aria-describedby={wrong ? 'decode-as-wrong' : undefined} onChange={({ target }) => setPort(target.value.trim())} /></label>
      <label className="decode-as-protocol">Decode as<select className="text-input" value={chosen} onChange={({ target }) => setProtocol(target.value)}>{known.map(({ name, label }) => <option key={name} value={name}>{label}</option>)}</select></label>
      <button type="submit" className="button primary">Add</button>
      {wrong && <p id="decode-as-wrong" role="alert">A port is a number from 0 to 65535, or a range of them: 8472-8480.</p>}
    </form>
  );
}

/** What can be chosen, as any worker knows it. */
function useDecodable(): readonly Decodable[] {
  const [list, setList] = useState<readonly Decodable[]>([]);
  const shown = useCaptures((state) => state.shown);
  useEffect(() => {
    if (shown === null) return;
    callCapture(shown, 'decodable', {}).then(setList, (error: unknown) => { if (!(error instanceof FaultError)) throw error; });
  }, [shown]);
  return list;
}
