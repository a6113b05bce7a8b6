import { isMac, keyCaps } from '../commands/commands.ts';

/** A key binding as it stands on the keyboard. */
export const Keys = ({ keys }: { keys: string }) => (
  <span className="keys">{keyCaps(keys, isMac()).map((cap) => <kbd key={cap}>{cap}</kbd>)}</span>
);
