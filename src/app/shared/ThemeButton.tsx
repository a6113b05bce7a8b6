import { Monitor, Moon, Sun } from 'lucide-react';
import { useSettings } from '../stores/settings.ts';
import { nextTheme } from '../theme.ts';

const LOOKS = { system: { Icon: Monitor, words: 'as the system' }, light: { Icon: Sun, words: 'light' }, dark: { Icon: Moon, words: 'dark' } } as const;

/** Goes round light, dark and as the system has it. */
export function ThemeButton() {
  const theme = useSettings((settings) => settings.theme);
  const { Icon, words } = LOOKS[theme];
  return <button type="button" className="button quiet icon" aria-label="Theme" aria-description={words} title={`Theme: ${words}`} onClick={nextTheme}><Icon size={16} aria-hidden /></button>;
}
