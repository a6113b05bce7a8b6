// What went wrong, in sentences, until the person puts it away. Each becomes one element of role alert.

import { create } from 'zustand';
import { faultText, type Fault } from '../../core/base/fault.ts';

export interface Trouble { readonly id: number; readonly text: string }

const AT_MOST = 5; // older ones give way: a folder of a hundred broken files must not fill the page

export const useTrouble = create<{ readonly troubles: readonly Trouble[] }>()(() => ({ troubles: [] }));

let lastId = 0;

export function tellText(text: string): void {
  useTrouble.setState(({ troubles }) => ({ troubles: [...troubles.filter((trouble) => trouble.text !== text), { id: ++lastId, text }].slice(-AT_MOST) }));
}

/** Tells a fault of the file, or other thing, that is named. */
export const tell = (name: string, fault: Fault): void => tellText(name === '' ? faultText(fault) : `${name}: ${faultText(fault)}`);

export const dismiss = (id: number): void => useTrouble.setState(({ troubles }) => ({ troubles: troubles.filter((trouble) => trouble.id !== id) }));
