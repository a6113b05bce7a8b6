// What a person has set up once and finds again: kept in this browser, never in the URL.

import { create } from 'zustand';
import { persist } from 'zustand/middleware';

export type Theme = 'system' | 'light' | 'dark';

export interface ColumnSettings { readonly order: readonly string[]; readonly hidden: readonly string[]; readonly widths: Readonly<Record<string, number>> }

export interface Settings {
  readonly theme: Theme;
  readonly compact: boolean; //                                          rows of 20 px instead of 24
  readonly columns: ColumnSettings; //                                   of the packet list; columns it does not know are at their own places
  readonly reassembly: boolean; //                                       fragments and segments are put together
  readonly registeredNames: boolean; //                                  of manufacturers and ports stand behind their values
  readonly names: string; //                                             of VNIs and interfaces, one a line: "333 = web mirror"
  readonly layouts: Readonly<Record<string, Readonly<Record<string, number>>>>; // by panel group: panel → per cent
}

const DEFAULTS: Settings = { theme: 'system', compact: false, reassembly: true, registeredNames: false, columns: { order: [], hidden: [], widths: {} }, names: '', layouts: {} };

export const useSettings = create<Settings>()(persist(() => DEFAULTS, { name: 'vxlens.settings', version: 1 }));

export function setTheme(theme: Theme): void { useSettings.setState({ theme }); }
export function setColumns(columns: ColumnSettings): void { useSettings.setState({ columns }); }
export function setLayout(group: string, layout: Readonly<Record<string, number>>): void {
  useSettings.setState(({ layouts }) => ({ layouts: { ...layouts, [group]: layout } }));
}
