// The service worker: the build is there offline after the first load. A newer one is told and taken when the person wants it, since
// reloading closes the captures that are open.

import { registerSW } from 'virtual:pwa-register';
import { create } from 'zustand';

export const useUpdate = create<{ readonly take: (() => void) | null }>()(() => ({ take: null }));
export const notNow = (): void => useUpdate.setState({ take: null });

export function followUpdates(): void {
  if (!('serviceWorker' in navigator)) return; // http, or a private window: everything but offline works
  const update = registerSW({ onNeedRefresh: () => useUpdate.setState({ take: () => { void update(true); } }) });
}
