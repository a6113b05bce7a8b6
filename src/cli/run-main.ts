import { main } from './main.ts';

/** Runs a command inside this process and keeps what it prints. Test support. */
export async function vxlens(...args: string[]): Promise<{ status: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const status = await main(args, { out: (text) => { out += text; }, err: (line) => { err += `${line}\n`; } });
  return { status, out, err };
}
