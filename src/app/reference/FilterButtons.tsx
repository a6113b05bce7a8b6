import { Copy, Filter } from 'lucide-react';
import { copyText } from '../shared/copy.ts';
import { useCaptures } from '../stores/captures.ts';
import { applyFilter } from '../stores/filter.ts';
import { closeReference } from '../stores/reference.ts';
import { showTab } from '../stores/view.ts';

/** Takes a filter along: to the clipboard, or where a capture is open to its packets. */
export function FilterButtons({ filter }: { filter: string }) {
  const open = useCaptures(({ captures }) => captures.length > 0);
  const apply = (): void => { closeReference(); showTab('packets'); applyFilter(filter); };
  return (
    <span className="reference-buttons">
      <button type="button" className="button quiet icon" aria-label={`Copy filter ${filter}`} title="Copy filter" onClick={() => copyText(filter, `Copied: ${filter}`)}><Copy size={14} aria-hidden /></button>
      {open && <button type="button" className="button quiet icon" aria-label={`Apply filter ${filter}`} title="Apply filter" onClick={apply}><Filter size={14} aria-hidden /></button>}
    </span>
  );
}
