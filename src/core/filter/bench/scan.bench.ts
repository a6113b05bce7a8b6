import { fileSource } from '../../../cli/file-source.ts';
import { openCapture } from '../../capture/capture-reader.ts';
import { compileFilter, type Filter } from '../compile.ts';
import { scan } from '../scan.ts';

export function filterOf(text: string): Filter {
  const compiled = compileFilter(text);
  if (!compiled.ok) throw new Error(compiled.error.message);
  return compiled.filter;
}

/** Asks the bytes of the first packets of a file, as the app does: reading, dissecting what is needed, comparing. */
export async function scanOnce(path: string, text: string, packets: number): Promise<void> {
  const source = fileSource(path);
  const reader = await openCapture(source);
  await scan(reader, filterOf(text), packets);
  await reader.close();
  source.close();
}
