import { useState } from 'react';
import { Header, MenuItem, MenuSection, Separator } from 'react-aria-components';
import { Check } from 'lucide-react';
import type { RowRange } from '../../worker/compare-protocol.ts';
import { ExportMenu } from '../shared/ExportMenu.tsx';
import { useCompare } from '../stores/compare.ts';
import { shownRange, useComparison } from './compare-run.ts';
import { saveRows, type Kind } from './export-run.ts';
import { count as grouped } from '../../core/format/number.ts';

const KINDS: readonly { readonly kind: Kind; readonly label: string; readonly line: string }[] = [
  { kind: 'csv', label: 'CSV', line: 'the table' },
  { kind: 'json', label: 'JSON', line: 'as the command line prints it' },
  { kind: 'source', label: "Source's packets", line: 'a capture' },
  { kind: 'appliance', label: "Appliance's packets", line: 'a capture, envelopes and all' },
];

type Scope = 'All rows' | 'Rows shown' | 'Rows chosen';

/** Saves the rows that are shown, chosen, or all: as a table, as the result's lists, as captures. */
export function ExportPairs() {
  const show = useCompare((compare) => compare.show);
  const { report, span } = useComparison();
  const [wanted, setWanted] = useState<Scope>('Rows shown');
  if (!report) return null;
  const all: RowRange = { fate: null, from: 0, count: report.rows };
  const shown = shownRange(show, report);
  const scopes: [Scope, RowRange][] = [...(shown.fate === null ? [] : [['All rows', all] as [Scope, RowRange]]), ['Rows shown', shown], ...(span.count > 1 ? [['Rows chosen', { ...shown, ...span }] as [Scope, RowRange]] : [])];
  const range = scopes.find(([scope]) => scope === wanted)?.[1] ?? shown;
  return (
    <ExportMenu kinds={KINDS.map(({ kind, ...words }) => ({ ...words, save: () => void saveRows(kind, range) }))}>
      <MenuSection selectionMode="single" disallowEmptySelection selectedKeys={[scopes.some(([scope]) => scope === wanted) ? wanted : 'Rows shown']} onSelectionChange={(keys) => { const [key] = [...keys]; setWanted(key as Scope); }} shouldCloseOnSelect={false}>
        <Header className="menu-head">Of</Header>
        {scopes.map(([scope, { count, fate }]) => (
          <MenuItem key={scope} id={scope} className="menu-item check" textValue={scope}>
            {({ isSelected }) => <><span className="check-mark">{isSelected && <Check size={13} aria-hidden />}</span><span>{scope}{fate !== null && scope === 'Rows shown' ? `: ${fate}` : ''}</span><span className="menu-line mono menu-count">{grouped(count)}</span></>}
          </MenuItem>
        ))}
      </MenuSection>
      <Separator className="menu-separator" />
    </ExportMenu>
  );
}
