// What the fetching worker is asked. It never holds a capture that a person opened, and the workers that do cannot fetch.

export interface FetchProgress { readonly received: number; readonly total: number /* 0 where the server does not say */ }

export interface FetchCalls {
  /** The file in pieces. No Blob: one that a worker makes may lose its bytes when the worker ends. */
  fetch: { request: { address: string }; progress: FetchProgress; reply: readonly ArrayBuffer[] };
}
