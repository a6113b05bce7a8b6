import { FaultError, type Fault } from '../base/fault.ts';

// What a damaged capture is told as. All offsets are bytes of the (inflated) file.

const AGAIN = 'Copy or download the capture again, or go on with what is here.';

/** "The 11 packets before it were kept." */
export const keptBefore = (packets: number): string =>
  packets === 0 ? 'No packet came before it.' : packets === 1 ? 'The packet before it was kept.' : `The ${packets.toLocaleString('en-US')} packets before it were kept.`;

/** The file ends where it must not. `inside` says in what: "packet 12", "the header of packet 12". */
export const cutFault = (code: 'cut-header' | 'cut-packet', inside: string, offset: number, packets: number): Fault => ({
  code, what: `The capture breaks off inside ${inside}`, offset, kept: keptBefore(packets), next: AGAIN,
});

/** A length or a value that cannot be: reading cannot find the next record, so it ends here. */
export const badFault = (code: 'bad-record' | 'bad-block' | 'too-large' | 'unsupported', what: string, offset: number, packets: number): Fault => ({
  code, what, offset, kept: keptBefore(packets),
  next: code === 'unsupported' ? 'Save the capture as pcap or as pcapng 1.0 and open that.' : 'The file is damaged from there on: copy or download it again, or go on with what is here.',
});

/** What a source rejected with: a fault of its own (a gzip that breaks off), or the system's word for why it cannot be read. */
export const readFailed = (e: unknown, offset: number, packets: number): Fault => {
  if (e instanceof FaultError) return { ...e.fault, offset: e.fault.offset ?? offset, kept: keptBefore(packets) };
  return {
    code: 'read-failed', what: `The file cannot be read any further (${e instanceof Error ? e.message : String(e)})`, offset,
    kept: keptBefore(packets), next: 'See whether it was moved, changed or locked meanwhile, and open it again.',
  };
};
