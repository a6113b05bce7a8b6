// What the fetching worker is asked. It never holds a capture that a person opened, and the workers that do cannot fetch.

export interface FetchProgress { readonly received: number; readonly total: number /* 0 where the server does not say */ }

export interface FetchCalls {
  fetch: { request: { address: string }; progress: FetchProgress; reply: Blob };
}
