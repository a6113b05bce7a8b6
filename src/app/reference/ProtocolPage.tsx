import { ExternalLink } from 'lucide-react';
import type { Ref } from 'react';
import type { ReferencePage } from '../../worker/protocol.ts';
import { FieldTable } from './FieldTable.tsx';
import { FilterButtons } from './FilterButtons.tsx';
import { ReferenceDiagram } from './ReferenceDiagram.tsx';

/** All that is known of a protocol; `field` is the name of the one that is looked at, '' for none. */
export function ProtocolPage({ page, field, ref }: { page: ReferencePage; field: string; ref: Ref<HTMLElement> }) {
  const { name, label, short, found, sources, diagrams, envelope, fields } = page;
  return (
    <article className="reference-page" aria-label={label} tabIndex={-1} ref={ref}>
      <header>
        <h3>{label}</h3>
        <dl>
          <div><dt>Filter</dt><dd><code>{name}</code><FilterButtons filter={name} /></dd></div>
          {short !== label && <div><dt>Column</dt><dd>{short}</dd></div>}
          {found.length > 0 && <div><dt>Found at</dt><dd>{found.join(' · ')}</dd></div>}
          {sources.length > 0 && <div><dt>Defined in</dt><dd className="reference-sources">{sources.map(({ text, address }) => <Source key={text} text={text} address={address} />)}</dd></div>}
        </dl>
      </header>
      {diagrams.map((diagram, i) => <ReferenceDiagram key={i} diagram={diagram} titled={diagrams.length > 1} hue={envelope ? 'envelope' : 'outer'} field={field} />)}
      <FieldTable page={name} fields={fields} chosen={field} />
    </article>
  );
}

const Source = ({ text, address }: { text: string; address: string }) =>
  (address === '' ? <span>{text}</span> : <a href={address} target="_blank" rel="noreferrer">{text}<ExternalLink size={12} aria-label="(opens another tab)" /></a>);
