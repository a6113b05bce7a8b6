import type { CompareReport, Fate } from '../../worker/compare-protocol.ts';
import { show } from '../compare/compare-run.ts';
import { count as grouped } from '../../core/format/number.ts';

/** What the mirror's rules say against what came; a number shows its packets. Nothing where no rules were given. */
export function Expected({ counts }: { counts: CompareReport['counts'] }) {
  if (counts.Filtered === undefined) return null;
  const unexpected = counts.Unexpected ?? 0;
  const rows: readonly (readonly [string, readonly (readonly [Fate, number])[]])[] = [
    ['Expected', [['Mirrored', (counts.Mirrored ?? 0) - unexpected], ['Lost', counts.Lost ?? 0]]],
    ['Not expected', [['Unexpected', unexpected], ['Filtered', counts.Filtered]]],
  ];
  return (
    <section className="expected-view">
      <h3 id="expected-head">Expected against observed</h3>
      <table className="expected" aria-labelledby="expected-head">
        <thead><tr><td /><th scope="col">Came</th><th scope="col">Did not come</th></tr></thead>
        <tbody>
          {rows.map(([name, cells]) => (
            <tr key={name}><th scope="row">{name}</th>{cells.map(([fate, count]) => (
              <td key={fate} className={fate === 'Lost' || fate === 'Unexpected' ? 'wrong' : ''}>
                {count === 0 ? <span className="mono dim">0</span> : <button type="button" className="button quiet small mono" aria-label={`${grouped(count)}, show ${fate}`} onClick={() => show(fate)}>{grouped(count)}</button>}
              </td>
            ))}</tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
