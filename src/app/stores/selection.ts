// The one selection that list, trees, hex and diagram follow.

import { create } from 'zustand';

export interface Selection {
  readonly packet: number | null; //  of the shown capture, from 1
  readonly level: number; //          0 outermost, 1 inside the first encapsulation
  /** A field or layer of that level by Wireshark's name ("ip.ttl", "ip"), with "~2" for the second of that name in the level; '' for none. */
  readonly field: string;
}

export const useSelection = create<Selection>()(() => ({ packet: null, level: 0, field: '' }));

/** Another packet: the field stays selected, so that the same field can be read down the list. */
export const selectPacket = (packet: number | null): void => useSelection.setState({ packet });
export const selectField = (level: number, field: string): void => useSelection.setState({ level, field });
