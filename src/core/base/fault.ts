// What goes wrong in the world (never our own bugs, which throw): one plain sentence each for what happened, what was kept
// and what to do next, so that page and command line say the same thing.

export type FaultCode =
  | 'not-a-capture' | 'empty' | 'cut-header' | 'cut-packet' | 'bad-block' | 'bad-record' | 'bad-compression' | 'too-large' | 'read-failed'
  | 'bad-filter' | 'bad-rule' | 'not-found' | 'cancelled' | 'worker-died' | 'unsupported' | 'bug';

export interface Fault {
  readonly code: FaultCode;
  /** What happened, as a clause that stands alone and names no file: "The capture breaks off inside packet 12". No full stop. */
  readonly what: string;
  /** Byte of the (inflated) capture where it happened. */
  readonly offset?: number;
  /** Place in a text, both from 1. */
  readonly line?: number;
  readonly column?: number;
  /** "The 11 packets before it were kept." */
  readonly kept?: string;
  /** What to do next, as a whole sentence. */
  readonly next: string;
}

const place = ({ offset, line, column }: Fault): string => {
  if (offset !== undefined) return `, at byte ${offset.toLocaleString('en-US')}`;
  if (line !== undefined) return `, in line ${line}${column === undefined ? '' : `, column ${column}`}`;
  return '';
};

/** The fault in words: what, where, what was kept, what to do next. */
export const faultText = (fault: Fault): string => [`${fault.what}${place(fault)}.`, fault.kept, fault.next].filter(Boolean).join(' ');

/** Carries a fault through code that cannot go on. */
export class FaultError extends Error {
  readonly fault: Fault;
  constructor(fault: Fault) { super(faultText(fault)); this.name = 'FaultError'; this.fault = fault; }
}
