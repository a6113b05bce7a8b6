import { X } from 'lucide-react';
import { dismiss, useTrouble } from '../stores/trouble.ts';
import './alerts.css';

/** What went wrong, each in its sentences, until it is put away. */
export function Alerts() {
  const troubles = useTrouble((state) => state.troubles);
  return (
    <div className="alerts">
      {troubles.map(({ id, text }) => (
        <div key={id} className="trouble" role="alert">
          <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true"><path d="M6 .8 11.5 11H.5z" fill="currentColor" /></svg>
          <p>{text}</p>
          <button type="button" className="button quiet icon" aria-label="Dismiss" onClick={() => dismiss(id)}><X size={14} aria-hidden /></button>
        </div>
      ))}
    </div>
  );
}
