/** An Ethernet frame with an IPv4 datagram in two, the second beginning `at` bytes (a multiple of 8) into the payload. Checksums are left as they are. */
export function inTwo(frame: Uint8Array, at: number): readonly [Uint8Array, Uint8Array] {
  const ip = 14;
  const payload = ip + (frame[ip]! & 0x0f) * 4;
  const end = ip + (frame[ip + 2]! << 8 | frame[ip + 3]!);
  const piece = (from: number, to: number, word: number): Uint8Array => {
    const bytes = new Uint8Array([...frame.subarray(0, payload), ...frame.subarray(from, to)]);
    bytes[ip + 2] = (bytes.length - ip) >> 8; bytes[ip + 3] = (bytes.length - ip) & 0xff;
    bytes[ip + 6] = word >> 8; bytes[ip + 7] = word & 0xff;
    return bytes;
  };
  return [piece(payload, payload + at, 0x2000), piece(payload + at, end, at / 8)];
}

/** Frames of a pcap in little-endian order. */
export function framesOf(file: Uint8Array): Uint8Array[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const frames: Uint8Array[] = [];
  for (let at = 24; at < file.length; at += 16 + view.getUint32(at + 8, true)) frames.push(file.slice(at + 16, at + 16 + view.getUint32(at + 8, true)));
  return frames;
}
