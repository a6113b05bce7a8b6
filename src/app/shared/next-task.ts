import { useEffect, useState } from 'react';

/** False at first, and true in a task that comes after `ready`: parts that are slow to draw for the first time do not add up to one long task. */
export function useNextTask(ready: boolean): boolean {
  const [due, setDue] = useState(false);
  useEffect(() => {
    if (!ready || due) return;
    const timer = setTimeout(() => setDue(true), 0);
    return () => clearTimeout(timer);
  }, [ready, due]);
  return ready && due;
}
