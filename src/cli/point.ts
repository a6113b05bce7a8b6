import { existsSync } from 'node:fs';

/** The file and, behind its last #, the interface; a file that has the whole name comes first. */
export function point(argument: string): { path: string; face: string | undefined } {
  const hash = argument.lastIndexOf('#');
  if (hash <= 0 || existsSync(argument)) return { path: argument, face: undefined };
  return { path: argument.slice(0, hash), face: argument.slice(hash + 1) };
}
