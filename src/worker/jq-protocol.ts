// What the page may ask the worker that runs jq over eve.json. Types only.

export interface JqOutput {
  readonly output: Blob; //      what jq writes, a line a result
  readonly lines: number;
  readonly error: string; //     jq's own words, '' when there are none
}

export interface JqCalls {
  /** Makes jq ready from its WebAssembly, which the worker cannot fetch; answers its version. */
  load: { request: { wasm: ArrayBuffer }; progress: never; reply: string };
  /** Runs a program with jq's own options ("-c", "-r", …) over lines of JSON. A program without an end is ended with the worker. */
  run: { request: { input: Blob; program: string; options: readonly string[] }; progress: never; reply: JqOutput };
}
