import { cancelSaving, useSaving } from './saving.ts';

/** How far a file is that is being made, and the way to give it up. */
export function Saving() {
  const step = useSaving((state) => state.step);
  return step !== null && (
    <span className="saving">
      <span role="status" className="dim">{step}…</span>
      <button type="button" className="button quiet" onClick={cancelSaving}>Cancel export</button>
    </span>
  );
}
