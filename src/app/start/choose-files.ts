import { openFiles } from './open.ts';

let input: HTMLInputElement | null = null;

/** The page's one file input: `FileInput` puts it here. */
export const setFileInput = (element: HTMLInputElement | null): void => { input = element; };

/** Asks the person for files. */
export const chooseFiles = (): void => input?.click();

/** Opens what was chosen; emptied, so that the same file can be chosen again. */
export function takeChosen(element: HTMLInputElement): void {
  void openFiles(Array.from(element.files ?? []));
  element.value = '';
}
