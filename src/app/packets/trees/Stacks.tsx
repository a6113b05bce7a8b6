import { useEffect, useMemo } from 'react';
import { useDetail, useSelectedPlace } from '../detail.ts';
import { hueOf, hueOfLevel, levelName } from '../hue.ts';
import { counted } from '../../../core/format/number.ts';
import { unfoldTo, useFolds } from './folds.ts';
import { StackTree } from './StackTree.tsx';
import { stacks, type Stack } from './tree-model.ts';
import './trees.css';

/** Outer and inner stack beside each other in one scroller, so that counterparts stay at one height. */
export function Stacks() {
  const detail = useDetail((state) => state.detail);
  const pointed = useDetail((state) => state.pointed);
  const folds = useFolds((state) => state.folds);
  const selected = useSelectedPlace();
  const all = useMemo(() => (detail ? stacks(detail, folds) : []), [detail, folds]);
  const [layer, field] = [selected?.layer ?? -1, selected?.field ?? -1];
  useEffect(() => { if (detail && layer >= 0) unfoldTo(detail, { layer, field }); }, [detail, layer, field]);

  return (
    <div className="stacks" style={{ gridTemplateColumns: `repeat(${Math.max(2, all.length)}, minmax(var(--stack-least), 1fr))` }}>
      {!detail && [0, 1].map((level) => (
        <section key={level} className="stack" aria-label={levelName(level)}>
          <div className="pane-head"><i className={`dot hue-${hueOfLevel(level)}`} /><h2>{levelName(level)}</h2></div>
          {level === 0 && <p className="empty">Select a packet in the list to see its layers.</p>}
        </section>
      ))}
      {detail && all.map((stack) => (
        <section key={stack.level} className="stack" aria-label={levelName(stack.level)}>
          <Head stack={stack} deepest={stack.level === all.length - 1} />
          {stack.level === 0 && detail.comments.map((comment, i) => <p key={i} className="packet-comment"><b>Comment</b> {comment}</p>)}
          {stack.rows.length === 0
            ? <p className="empty">No layer could be read: the capture kept {counted(detail.bytes.length, 'byte')} of this packet.</p>
            : <StackTree detail={detail} stack={stack} label={`${levelName(stack.level)} layers`} selected={selected} pointed={pointed} />}
        </section>
      ))}
      {detail && all.length === 1 && (
        <section className="stack" aria-label="Inner">
          <div className="pane-head"><i className="dot hue-inner" /><h2>Inner</h2></div>
          <p className="empty">This packet has no envelope, so there is no packet inside it: all of its layers are under Outer.</p>
        </section>
      )}
    </div>
  );
}

/** What the level is, and how many bytes of it are envelope header. */
function Head({ stack: { level, layers, bytes }, deepest }: { stack: Stack; deepest: boolean }) {
  const headers = layers.filter(({ part }) => part === 'envelope');
  const own = bytes - headers.reduce((sum, { length }) => sum + length, 0);
  const what = level > 0 ? (deepest ? 'what the source saw' : 'an envelope inside the envelope') : deepest ? 'the whole packet' : 'what the mirror put on';
  return (
    <div className="pane-head">
      <i className={`dot hue-${hueOfLevel(level)}`} /><h2>{levelName(level)}</h2>
      <span className="clip">{what} · {counted(own, 'byte')}</span>
      <span className="spring" />
      {headers.map((layer) => <span key={layer.offset} className="stack-envelope"><i className={`dot hue-${hueOf(layer)}`} />{layer.name} {layer.length}</span>)}
    </div>
  );
}
