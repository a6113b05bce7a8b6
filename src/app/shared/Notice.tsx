import { X } from 'lucide-react';
import { dismissNotice, useNotice } from '../stores/notice.ts';

/** What is good to know. The status is there before its text, or it would not be read out. */
export function Notice() {
  const text = useNotice((notice) => notice.text);
  return (
    <div className="notice" data-empty={text === '' || undefined}>
      <p role="status" aria-label="Notice">{text}</p>
      {text !== '' && <button type="button" className="button quiet icon" aria-label="Dismiss notice" onClick={dismissNotice}><X size={14} aria-hidden /></button>}
    </div>
  );
}
