import { Trash2 } from 'lucide-react';
import type { RuleText } from '../../worker/compare-protocol.ts';
import { deleteRule, editRule, useDraft } from './draft.ts';

type TextKey = 'number' | 'protocol' | 'source' | 'sourcePorts' | 'destination' | 'destinationPorts';

const BEFORE: readonly [TextKey, string, string][] = [['number', 'Number', '']];
const AFTER: readonly [TextKey, string, string][] = [
  ['protocol', 'Protocol', 'all'], ['source', 'Source', 'every address'], ['sourcePorts', 'Source ports', 'all'], ['destination', 'Destination', 'every address'], ['destinationPorts', 'Destination ports', 'all'],
];

/** The rules, one a row, inbound ones first; each cell can be typed into. */
export function RuleTable() {
  const rules = useDraft((draft) => draft.rules);
  return (
    <table className="rule-table" aria-label="Rules of the mirror">
      <thead><tr><th>Number</th><th>Direction</th><th>Action</th>{AFTER.map(([key, label]) => <th key={key}>{label}</th>)}<th><span className="visually-hidden">Delete</span></th></tr></thead>
      <tbody>
        {rules.map((rule, at) => (
          <tr key={at} className={rule.accept ? '' : 'reject'}>
            {BEFORE.map((column) => <TextCell key={column[0]} rule={rule} at={at} column={column} />)}
            <Choice label={`Direction, rule ${at + 1}`} value={rule.direction} options={{ ingress: 'Inbound', egress: 'Outbound' }} onChoose={(direction) => editRule(at, { direction })} />
            <Choice label={`Action, rule ${at + 1}`} value={rule.accept ? 'accept' : 'reject'} options={{ accept: 'Accept', reject: 'Reject' }} onChoose={(action) => editRule(at, { accept: action === 'accept' })} />
            {AFTER.map((column) => <TextCell key={column[0]} rule={rule} at={at} column={column} />)}
            <td><button type="button" className="button quiet icon" aria-label={`Delete rule ${at + 1}`} onClick={() => deleteRule(at)}><Trash2 size={14} aria-hidden /></button></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const TextCell = ({ rule, at, column: [key, label, placeholder] }: { rule: RuleText; at: number; column: readonly [TextKey, string, string] }) => (
  <td><input className={`text-input mono rule-${key}`} aria-label={`${label}, rule ${at + 1}`} placeholder={placeholder} spellCheck={false} value={rule[key]} onChange={({ target }) => editRule(at, { [key]: target.value })} /></td>
);

/** A cell with a choice. */
export function Choice<T extends string>({ label, value, options, onChoose }: { label: string; value: T; options: Readonly<Record<T, string>>; onChoose: (value: T) => void }) {
  return (
    <td><select className="select" aria-label={label} value={value} onChange={({ target }) => onChoose(target.value as T)}>
      {(Object.entries(options) as [T, string][]).map(([key, words]) => <option key={key} value={key}>{words}</option>)}
    </select></td>
  );
}
