// One thing that is good to know and no trouble, over the lower edge of the page until it is put away or another takes its place.

import { create } from 'zustand';

export const useNotice = create<{ readonly text: string }>()(() => ({ text: '' }));

export const notify = (text: string): void => useNotice.setState({ text });
export const dismissNotice = (): void => useNotice.setState({ text: '' });
