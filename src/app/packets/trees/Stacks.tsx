import { useEffect, useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react';
import type { PacketDetail } from '../../../worker/protocol.ts';
import { editComments } from '../comments.ts';
import { useDetail, useSelectedPlace } from '../detail.ts';
import { hueOf, hueOfLevel, levelName } from '../hue.ts';
import { count, counted } from '../../../core/format/number.ts';
import { registeredName } from '../../../core/format/registered-names.ts';
import { followRegisteredNames, useRegistries } from '../../stores/registered-names.ts';
import { unfoldTo, useFolds } from './folds.ts';
import { StackTree } from './StackTree.tsx';
import { stacks, type Stack } from './tree-model.ts';
import './trees.css';

/** Pixels: the least width of a stack, what is beside a note in it, and a character of a note, spaces that a line ends with included. */
const LEAST = 300;
const NOTE_SIDES = 40;
const NOTE_CHARACTER = 6.4;

const isCut = ({ bytes, origlen }: PacketDetail): boolean => bytes.length < origlen;

function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const observer = new ResizeObserver(([entry]) => { if (entry) setWidth(entry.contentRect.width); });
    if (element.current) observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return width;
}

/** Outer and inner stack beside each other in one scroller, so that counterparts stay at one height. */
export function Stacks() {
  const detail = useDetail((state) => state.detail);
  const pointed = useDetail((state) => state.pointed);
  const folds = useFolds((state) => state.folds);
  const selected = useSelectedPlace();
  const panel = useRef<HTMLDivElement>(null);
  const width = useWidth(panel);
  const levels = Math.max(2, ...(detail?.layers ?? []).map(({ level }) => level + 1));
  const across = Math.max(20, Math.floor((Math.max(LEAST, width / levels) - NOTE_SIDES) / NOTE_CHARACTER));
  const registries = useRegistries();
  const all = useMemo(() => (detail ? stacks(detail, folds, across, registries ? ({ name, text }) => registeredName(name, text, registries) : undefined) : []), [detail, folds, across, registries]);
  useEffect(followRegisteredNames, []);
  const [layer, field] = [selected?.layer ?? -1, selected?.field ?? -1];
  useEffect(() => { if (detail && layer >= 0) unfoldTo(detail, { layer, field }); }, [detail, layer, field]);

  return (
    <div ref={panel} className="stacks" style={{ gridTemplateColumns: `repeat(${levels}, minmax(${LEAST}px, 1fr))` }}>
      {!detail && [0, 1].map((level) => (
        <section key={level} className="stack" aria-label={levelName(level)}>
          <div className="pane-head"><i className={`dot hue-${hueOfLevel(level)}`} /><h2>{levelName(level)}</h2></div>
          {level === 0 && <p className="empty">Select a packet in the list to see its layers.</p>}
        </section>
      ))}
      {detail && all.map((stack) => (
        <section key={stack.level} className="stack" aria-label={levelName(stack.level)}>
          <Head stack={stack} detail={detail} />
          {stack.level === 0 && <Remarks detail={detail} />}
          {stack.rows.length === 0
            ? <p className="empty">No layer could be read: the capture kept {counted(detail.bytes.length, 'byte')} of this packet.</p>
            : <StackTree detail={detail} stack={stack} label={`${levelName(stack.level)} layers`} selected={selected} pointed={pointed} />}
        </section>
      ))}
      {detail && all.length === 1 && (
        <section className="stack" aria-label="Inner">
          <div className="pane-head"><i className="dot hue-inner" /><h2>Inner</h2></div>
          <p className="empty">{isCut(detail)
            ? `The capture kept ${counted(detail.bytes.length, 'byte')} of ${count(detail.origlen)}, and there is no envelope in them: all layers of what is left are under Outer.`
            : 'This packet has no envelope, so there is no packet inside it: all of its layers are under Outer.'}</p>
        </section>
      )}
    </div>
  );
}

/** What the capture file says of the packet beside its bytes. */
function Remarks({ detail: { number, comments, remarks } }: { detail: PacketDetail }) {
  if (comments.length === 0 && remarks.length === 0) return null;
  return (
    <div className="packet-remarks">
      <div>
        {comments.map((comment, i) => <p key={i} className="packet-comment"><b>Comment</b> {comment}</p>)}
        {remarks.map(({ label, text }, i) => <p key={i} className="packet-comment"><b>{label}</b> {text}</p>)}
      </div>
      {comments.length > 0 && <button type="button" className="button quiet" aria-label="Edit comments" onClick={() => editComments(number)}>Edit</button>}
    </div>
  );
}

/** What the level is, and how many bytes of it are envelope header. */
function Head({ stack: { level, layers, bytes }, detail }: { stack: Stack; detail: PacketDetail }) {
  const headers = layers.filter(({ part }) => part === 'envelope');
  const deepest = detail.layers.every((layer) => layer.level <= level);
  const alone = deepest && level === 0; // bytes behind the last layer belong to nobody else
  const own = alone ? detail.bytes.length : bytes - headers.reduce((sum, { length }) => sum + length, 0);
  const what = level > 0 ? (deepest ? 'what the source saw' : 'an envelope inside the envelope') : alone ? (isCut(detail) ? 'what was kept of the packet' : 'the whole packet') : 'what the mirror put on';
  return (
    <div className="pane-head">
      <i className={`dot hue-${hueOfLevel(level)}`} /><h2>{levelName(level)}</h2>
      <span className="clip" title={`${what}, ${counted(own, 'byte')}`}>{what} · {counted(own, 'byte')}</span>
      <span className="spring" />
      {headers.map((layer) => <span key={layer.offset} className="stack-envelope"><i className={`dot hue-${hueOf(layer)}`} />{layer.name} {layer.length}</span>)}
    </div>
  );
}
