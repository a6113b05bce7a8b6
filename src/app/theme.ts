// Light, dark, or as the system has it. `tokens.css` reads data-theme.

import { setTheme, useSettings, type Theme } from './stores/settings.ts';

const NEXT: Readonly<Record<Theme, Theme>> = { system: 'light', light: 'dark', dark: 'system' };

export const nextTheme = (): void => setTheme(NEXT[useSettings.getState().theme]);

/** Puts the theme of the settings on the page, now and whenever it changes. */
export function followTheme(): () => void {
  const put = ({ theme }: { theme: Theme }): void => {
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  };
  put(useSettings.getState());
  return useSettings.subscribe(put);
}
