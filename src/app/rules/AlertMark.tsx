/** A triangle: filled for priority 1, half for 2, an outline for the rest, so that it reads without the colour too. */
export function AlertMark({ priority }: { priority: number }) {
  const strength = Math.min(Math.max(priority, 1), 3);
  return (
    <svg className={`alert-mark priority-${strength}`} width="11" height="11" viewBox="0 0 12 12" role="img" aria-label={`priority ${priority}`}>
      {strength === 1 ? <path d="M6 .8 11.5 11H.5z" fill="currentColor" /> : <path d="M6 1.8 10.7 10.4H1.3z" fill="none" stroke="currentColor" strokeWidth="1.3" />}
      {strength === 2 && <path d="M6 1.8 10.7 10.4H6z" fill="currentColor" />}
    </svg>
  );
}
