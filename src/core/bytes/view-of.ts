let last: Uint8Array | null = null;
let view: DataView = new DataView(new ArrayBuffer(0));

/** A view over the same bytes, which reads 32 bits at once. That of the last window is kept, so that asking for it packet by packet makes nothing. */
export function viewOf(bytes: Uint8Array): DataView {
  if (bytes !== last) {
    view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    last = bytes;
  }
  return view;
}
