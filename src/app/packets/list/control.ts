// What commands can do with the list wherever the focus is. The list that is on the page enters itself here.

export interface ListControl { readonly move: (rows: number) => void; readonly goTo: (number: number) => void; readonly copy: () => void }

let current: ListControl | null = null;
export const listControl = (): ListControl | null => current;
/** Returns what takes it out again. */
export function enterList(control: ListControl): () => void {
  current = control;
  return () => { if (current === control) current = null; };
}
