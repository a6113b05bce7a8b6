import { useEffect, useRef, useState } from 'react';
import { counted } from '../../core/format/number.ts';
import type { ReferenceField } from '../../worker/protocol.ts';
import { openReference } from '../stores/reference.ts';
import { FilterButtons } from './FilterButtons.tsx';

/** As many values stand in the row itself. */
const FEW = 3;

/** The fields of a protocol in the order of its header. */
export function FieldTable({ page, fields, chosen }: { page: string; fields: readonly ReferenceField[]; chosen: string }) {
  if (fields.length === 0) return <p className="empty">No field of it can be filtered for; the protocol itself can.</p>;
  return (
    <table className="reference-fields" aria-label={`Fields of ${page}`}>
      <thead><tr><th scope="col">Field</th><th scope="col">Title and type</th><th scope="col">Values</th><th scope="col">Filter</th></tr></thead>
      <tbody>{fields.map((field) => <FieldRow key={field.name} field={field} chosen={field.name === chosen} />)}</tbody>
    </table>
  );
}

function FieldRow({ field, chosen }: { field: ReferenceField; chosen: boolean }) {
  const { name, label, type, filter, also, recalled } = field;
  const row = useRef<HTMLTableRowElement>(null);
  useEffect(() => { if (chosen) row.current?.scrollIntoView({ block: 'center' }); }, [chosen]);
  return (
    <tr ref={row} aria-current={chosen} className={chosen ? 'selected-mark' : ''}>
      <th scope="row"><button type="button" className="reference-name mono" onClick={() => openReference(name)}>{name}</button></th>
      <td>{label}<span className="dim">{type}{recalled && '. Follows from other packets as well'}</span>{also.length > 0 && <span className="dim">also <span className="mono">{also.join(', ')}</span></span>}</td>
      <td><Values field={field} open={chosen} /></td>
      <td><div className="reference-filter"><code>{filter}</code><FilterButtons filter={filter} /></div></td>
    </tr>
  );
}

function Values({ field: { name, values, moreValues }, open }: { field: ReferenceField; open: boolean }) {
  const [unfolded, setUnfolded] = useState(open);
  if (values.length === 0) return null;
  const list = <ul>{values.map(([value, words]) => <li key={value}><code>{value}</code> {words}</li>)}{moreValues > 0 && <li className="dim">and {moreValues.toLocaleString('en-US')} more</li>}</ul>;
  if (values.length <= FEW) return list;
  return <details open={unfolded} onToggle={({ currentTarget }) => setUnfolded(currentTarget.open)}><summary aria-label={`Values of ${name}`}>{counted(values.length + moreValues, 'value')}</summary>{unfolded && list}</details>;
}
