// What the reference of protocols and fields is open at.

import { create } from 'zustand';

/** A protocol or field by its name ("vxlan", "vxlan.vni"); null while the reference is closed. */
export const useReference = create<{ readonly at: string | null }>()(() => ({ at: null }));

export const openReference = (at: string): void => useReference.setState({ at });
export const closeReference = (): void => useReference.setState({ at: null });
