import type { ReferencePage } from '../../worker/protocol.ts';
import { Letters, Ruler } from '../packets/diagram/DiagramParts.tsx';
import { NARROW, piecesOf } from '../packets/diagram/diagram-model.ts';
import '../packets/diagram/diagram.css';
import { openReference } from '../stores/reference.ts';

/** A header as the RFCs draw it. One picture for those who listen: its fields are in the table below, where the keyboard reaches them. */
export function ReferenceDiagram({ diagram: { label, cells }, titled, hue, field }: { diagram: ReferencePage['diagrams'][number]; titled: boolean; hue: string; field: string }) {
  const rows = piecesOf(cells);
  const said = cells.filter(({ name }) => name !== '').map(({ label: each, bits }) => `${each}, ${bits} ${bits === 1 ? 'bit' : 'bits'}`).join('; ');
  return (
    <figure className="reference-diagram">
      {titled && <figcaption>{label}</figcaption>}
      <div role="img" aria-label={`Header diagram of ${label}: ${said}`} className={`diagram-cells hue-${hue}`}>
        <Ruler rows={rows} />
        {rows.map((row, i) => (
          <div key={i} className="diagram-row">
            {row.map(({ cell, column, width, bit, continued }) => {
              const { name, label: text, short } = cells[cell]!;
              const narrow = width < NARROW;
              return (
                <div key={bit} className={`diagram-cell ${narrow ? 'bits' : ''} ${name !== '' && name === field ? 'selected-mark' : ''} ${continued ? 'continued' : ''} ${name === '' ? '' : 'named'}`} style={{ gridColumn: `${column + 1} / span ${width}` }}
                  title={[name, text].filter(Boolean).join(' · ')} onClick={() => { if (name !== '') openReference(name); }}>
                  <span className="diagram-label">{continued ? '…' : width === 1 ? short : text}</span>
                </div>
              );
            })}
          </div>
        ))}
        <Letters letters={cells.filter(({ bits, short }) => bits === 1 && short !== '')} />
      </div>
    </figure>
  );
}
