/** Three bars for outer, envelope header and inner; more for deeper levels; one empty bar for no envelope. `label` where it stands alone. */
export const Glyph = ({ parts, label }: { parts: readonly string[]; label?: string }) => (
  <span className={`glyph ${parts.length > 1 ? '' : 'plain'}`} {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}>
    {parts.map((part, at) => <i key={at} className={`hue-${part}`} />)}
  </span>
);
