import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, type ReactNode } from 'react';
import { moveInGrid } from '../shared/grid-keys.ts';
import type { RuleRow } from './rule-rows.ts';
import { FEW_RULES } from './run.ts';
import { useRuleRows, type RuleOrder } from './use-rule-rows.ts';

interface Props {
  readonly name: string; //          accessible
  readonly className: string;
  readonly order: RuleOrder;
  readonly rowHeight: number; //     pixels
  readonly columns: ReactNode; //    col elements: widths do not depend on the rows in view
  readonly span: number; //          how many
  readonly head: ReactNode; //       tr elements
  readonly headRows: number;
  readonly least: number; //         pixels that the columns need; a narrower pane scrolls
  /** The row's tr; `place` counts from 0. The first row in view can be reached by Tab, where the chosen one is not in view. */
  readonly row: (row: RuleRow, place: number, reachable: boolean) => ReactNode;
  readonly isChosen: (row: RuleRow) => boolean;
}

/** A table of rules of any length: the rows in view are drawn (of a short one all, for the browser's own search), the height of the others is kept. */
export function RuleGrid({ name, className, order, rowHeight, columns, span, head, headRows, least, row, isChosen }: Props) {
  const scroll = useRef<HTMLDivElement>(null);
  const rowAt = useRuleRows(order);
  const count = order.indices.length;
  const virtual = useVirtualizer({ count, getScrollElement: () => scroll.current, estimateSize: () => rowHeight, overscan: count <= FEW_RULES ? count : 8, scrollPaddingStart: headRows * 24 });
  const items = virtual.getVirtualItems();
  const shown = items.map(({ index }) => ({ index, rule: rowAt(index) }));
  const chosenInView = shown.some(({ rule }) => rule !== undefined && isChosen(rule));
  const [before, after] = [items[0]?.start ?? 0, virtual.getTotalSize() - (items.at(-1)?.end ?? 0)];
  return (
    <div ref={scroll} className="matrix-scroll">
      <table className={className} role="grid" aria-label={name} aria-rowcount={count + headRows} style={{ minWidth: least }} onKeyDown={moveInGrid}>
        <colgroup>{columns}</colgroup>
        <thead>{head}</thead>
        <tbody>
          {before > 0 && <Gap height={before} />}
          {shown.map(({ index, rule }) => (rule ? row(rule, index, chosenInView ? isChosen(rule) : index === items[0]?.index) : <tr key={index} aria-rowindex={index + headRows + 1} className="rule-coming" style={{ height: rowHeight }}><td colSpan={span} /></tr>))}
          {after > 0 && <Gap height={after} />}
        </tbody>
      </table>
    </div>
  );
}

const Gap = ({ height }: { height: number }) => <tr role="presentation" aria-hidden><td role="presentation" className="rule-gap" style={{ height }} /></tr>;
