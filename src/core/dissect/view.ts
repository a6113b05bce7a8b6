// A packet as people see it: layers, fields and header diagrams, as text and places. Types only; `describe` makes them, the worker
// hands them to the page.

/** Which part of a mirrored packet a layer belongs to; it decides the hue. */
export type Place = 'outer' | 'envelope' | 'inner';
export type ChecksumVerdict = 'good' | 'bad' | 'absent' | 'unchecked';

export interface LayerView {
  readonly protocol: string; //        Wireshark's name: "ip"
  readonly name: string; //            short, for the tree: "IPv4"
  readonly label: string; //           in full: "Internet Protocol Version 4"
  readonly summary: string; //         "172.31.9.144 → 172.31.4.131"
  readonly level: number; //           0 outermost, 1 inside the first encapsulation
  readonly part: Place;
  readonly offset: number; //          bytes from the packet's start
  readonly length: number; //          bytes of header that are there
  readonly note: string; //            a shortfall or another remark in words, '' when there is none
  readonly diagram: readonly DiagramCell[]; // empty where the header has no fixed form
}

/** A cell of a header diagram, 32 bits a row, from the declaration that the dissector reads. */
export interface DiagramCell {
  readonly bitOffset: number; //       from the layer's first bit
  readonly bits: number;
  readonly label: string;
  readonly short: string; //           a letter for a flag
  readonly field: number; //           index into `fields` of the packet, -1 for reserved bits or a field that was cut off
}

export interface FieldView {
  readonly layer: number; //           index into `layers`
  readonly parent: number; //          index into `fields`, -1 right under the layer
  readonly name: string; //            "ip.ttl"; '' where it has none
  readonly label: string; //           "Time to Live"
  readonly value: string; //           as tshark prints it
  readonly text: string; //            for people: value and meaning, "UDP (17)"
  readonly bitOffset: number; //       from the packet's start
  readonly bitLength: number; //       0 for a value that is on no wire
  readonly verdict: ChecksumVerdict | null; // of a checksum field
  readonly derived: boolean; //        follows from other packets as well
  readonly packet: number; //          the packet that it points to; 0 for none
}

/** Bytes that are shown by themselves: the packet's, or something put together. All offsets count through them. */
export interface SourceView { readonly name: string; readonly from: number; readonly to: number }
