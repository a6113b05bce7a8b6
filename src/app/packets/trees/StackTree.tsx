import { useEffect, useRef, type CSSProperties, type KeyboardEvent } from 'react';
import type { PacketDetail } from '../../../worker/protocol.ts';
import { commandFor, isMac, keyOf } from '../../commands/commands.ts';
import { point, selectPlace } from '../detail.ts';
import { hueOf } from '../hue.ts';
import type { Place } from '../locate.ts';
import { openMenu } from '../menu/context-menu.ts';
import { fieldEntries } from '../menu/entries.ts';
import { selectPacket } from '../../stores/selection.ts';
import { setFold } from './folds.ts';
import { isTyping, step } from './tree-keys.ts';
import { withName, type Stack, type TreeRow } from './tree-model.ts';
import { Verdict, verdictText } from './Verdict.tsx';

interface Props { readonly detail: PacketDetail; readonly stack: Stack; readonly label: string; readonly selected: Place | null; readonly pointed: Place | null }

const at = (row: TreeRow, place: Place | null): boolean => place?.layer === row.place.layer && place.field === row.place.field;

/** One level of encapsulation: layers with their fields. One tab stop; arrows, Home, End and letters move in it. */
export function StackTree({ detail, stack, label, selected, pointed }: Props) {
  const tree = useRef<HTMLDivElement>(null);
  const typed = useRef({ text: '', when: 0 });
  const { rows } = stack;
  const current = rows.findIndex((row) => at(row, selected));
  const stop = Math.max(0, current);

  // The selected row is brought into view, and has the focus when its tree had it.
  useEffect(() => {
    const element = current < 0 ? null : tree.current?.children[current];
    if (!(element instanceof HTMLElement)) return;
    element.scrollIntoView({ block: 'nearest' });
    if (tree.current?.contains(document.activeElement)) element.focus({ preventScroll: true });
  }, [current, detail]);

  const onKeyDown = (event: KeyboardEvent, index: number): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    // A letter that is a command ("i": the inner layers) stays one, unless it goes on with a word or comes with Shift.
    if (!event.shiftKey && !isTyping(typed.current, event.timeStamp) && commandFor(keyOf(event, isMac()), false)) return;
    if (event.key === 'Enter' && rows[index]!.packet > 0) { event.preventDefault(); event.stopPropagation(); selectPacket(rows[index]!.packet); return; }
    const to = step(rows, index, event.key, typed.current, event.timeStamp);
    if (!to) return;
    event.preventDefault();
    event.stopPropagation();
    if (to.fold) setFold(rows[index]!.fold, to.fold === 'open');
    if (to.row !== index) selectPlace(detail, rows[to.row]!.place);
    else if (!to.fold) selectPlace(detail, rows[index]!.place);
  };
  return (
    <div ref={tree} role="tree" aria-label={label} className="stack-tree" onPointerLeave={() => point(null)}>
      {rows.map((row, index) => {
        const layer = detail.layers[row.place.layer]!;
        const isLayer = row.depth === 1;
        return (
          <div key={`${row.place.layer}.${row.place.field}`} role="treeitem" aria-label={row.text === '' ? row.label : `${row.label}: ${withName(row.text, row.registered)}`} aria-level={row.depth} aria-posinset={row.position} aria-setsize={row.siblings}
            aria-expanded={row.fold === '' ? undefined : row.open} aria-selected={at(row, selected)} aria-description={description(row)} tabIndex={index === stop ? 0 : -1}
            className={`tree-row ${isLayer ? 'tree-layer' : 'tree-field'} hue-${hueOf(layer)} ${at(row, selected) ? 'selected-mark' : ''}`} data-pointed={at(row, pointed) || undefined} data-derived={row.derived || undefined} data-named={row.registered !== '' || undefined}
            style={{ '--depth': row.depth, '--gap': row.gap, '--lines': row.lines } as CSSProperties} title={row.title}
            onClick={() => selectPlace(detail, row.place)} onDoubleClick={() => { if (row.fold !== '') setFold(row.fold, !row.open); }} onKeyDown={(event) => onKeyDown(event, index)}
            onPointerMove={() => point(row.place)} onContextMenu={(event) => { selectPlace(detail, row.place); openMenu(event, event.currentTarget, row.label, fieldEntries(detail, row.place)); }}>
            <span className="tree-twist" aria-hidden onClick={(event) => { if (row.fold === '') return; event.stopPropagation(); setFold(row.fold, !row.open); }}>{row.fold !== '' && <i className={`triangle ${row.open ? 'down' : ''}`} />}</span>
            <span className="tree-label">{row.label}</span>
            {row.packet > 0
              ? <button type="button" className="tree-text tree-jump" tabIndex={-1} aria-label={`Go to packet ${row.packet}`} onClick={(event) => { event.stopPropagation(); selectPacket(row.packet); }}>{row.text}</button>
              : <span className="tree-text">{row.text}{row.registered !== '' && <span className="tree-registered"> ({row.registered})</span>}</span>}
            {row.verdict && <Verdict verdict={row.verdict} />}
            <span className="tree-bytes">{row.bytes}</span>
            {row.note !== '' && <span className="tree-note">{row.note}</span>}
          </div>
        );
      })}
    </div>
  );
}

const description = ({ bytes, verdict, note, derived, packet }: TreeRow): string =>
  [derived ? 'follows from other packets' : '', packet > 0 ? 'Enter goes to it' : '', bytes === '' ? '' : `${bytes.includes('–') ? 'bytes' : 'byte'} ${bytes}`, verdict ? `checksum ${verdictText(verdict)}` : '', note].filter(Boolean).join(', ');
