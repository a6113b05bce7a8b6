import { create } from 'zustand';

/** Which dialog is open; one at a time. */
export const useDialog = create<{ readonly open: 'shortcuts' | 'commands' | 'names' | null }>()(() => ({ open: null }));
export const openDialog = (open: 'shortcuts' | 'commands' | 'names'): void => useDialog.setState({ open });
export const closeDialog = (): void => useDialog.setState({ open: null });
