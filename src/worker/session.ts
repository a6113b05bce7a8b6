// One open capture in its worker: where its bytes are, its table, and the view that the page looks at. The passes over it are in files beside.

import type { Bitset } from '../core/base/bitset.ts';
import { FaultError, type Fault } from '../core/base/fault.ts';
import { blobSource } from '../core/bytes/blob-source.ts';
import type { ByteSource } from '../core/bytes/byte-source.ts';
import { openCapture, type CaptureReader } from '../core/capture/capture-reader.ts';
import { compressionOf, MAGIC_BYTES } from '../core/capture/compressions.ts';
import { peel, type PeeledSource } from '../core/capture/inflate.ts';
import { indexCapture } from '../core/index/index-capture.ts';
import { PacketTable } from '../core/table/packet-table.ts';
import { PacketView } from '../core/table/packet-view.ts';
import type { AlertMarks } from './alert-marks.ts';
import { breathing } from './breathe.ts';
import { Chronicle } from './chronicle.ts';
import { Stage } from './in-place.ts';
import { openSpool, removeOldSpools, type BlobSpool } from './opfs-spool.ts';
import { lookalikes } from './lookalikes.ts';
import { PacketReader } from './packet-reader.ts';
import { placesOf, type Places } from './places.ts';
import type { Calls, CaptureSummary, IndexProgress, Role } from './protocol.ts';
import { guessOf, summarise } from './summary.ts';

/** A capture that is open, from its first bytes on; more rows come while it is indexed. */
export interface OpenSession {
  readonly file: Blob; //            as it was given
  readonly source: ByteSource; //    inflated; its readers let messages in
  readonly blob: () => Promise<Blob>; // inflated
  readonly reader: CaptureReader; // ended, once `done`
  readonly table: PacketTable;
  readonly places: Places;
  readonly packets: PacketReader;
  chronicle: Chronicle;
  stage: Stage;
  reassembles: ReadonlySet<string>; // what is put together, by tshark's names
  readonly ended: Promise<void>; // once `done`
  view: PacketView;
  readonly edits: Map<number, readonly string[]>; // comments that a person changed, by packet number
  filtered: { readonly text: string; readonly rows: Bitset } | null;
  done: boolean;
}

/** Messages go out at most so often; the first at once. */
const PROGRESS_MS = 100;
/** So long reading goes slowly, for the first rows to be drawn. */
const FIRST_ROWS_MS = 120;

const EVERYTHING: ReadonlySet<string> = new Set([
  'ip.defragment', 'ipv6.defragment', 'tcp.desegment_tcp_streams', 'tcp.reassemble_out_of_order', 'tls.desegment_ssl_records', 'http.desegment_headers', 'http.desegment_body', 'dns.desegment_dns_messages',
]);
const NOTHING: ReadonlySet<string> = new Set();

function inPlace(source: ByteSource, { protocols }: Places, packets: PacketReader, reassembles: ReadonlySet<string>): Pick<OpenSession, 'chronicle' | 'stage' | 'reassembles'> {
  const chronicle = new Chronicle(source, protocols, reassembles);
  return { chronicle, stage: new Stage(packets.program, packets, chronicle, reassembles), reassembles };
}

export class Session {
  #open: OpenSession | null = null;
  #reassembles = EVERYTHING;
  /** Which packets the last run of rules flagged. */
  marks: AlertMarks | null = null;

  /** Throws a FaultError before `open` has come to the first packet. */
  get opened(): OpenSession {
    if (!this.#open) throw new FaultError({ code: 'cancelled', what: 'The capture is not open yet', next: 'Wait until its first packets are shown.' });
    return this.#open;
  }

  /** Puts packets together from now on, or not. */
  reassemble(on: boolean): void {
    this.#reassembles = on ? EVERYTHING : NOTHING;
    if (this.#open && this.#open.reassembles !== this.#reassembles) Object.assign(this.#open, inPlace(this.#open.source, this.#open.places, this.#open.packets, this.#reassembles), { filtered: null });
  }

  /** Reads the whole file. Rejects when it is no capture at all; how reading ended otherwise is in the summary, and what was read stays. */
  async open({ file, name, decodeAs = [] }: Calls['open']['request'], signal: AbortSignal, progress: (p: IndexProgress) => void): Promise<CaptureSummary> {
    this.#open = null; // read again, by other rules: nobody is answered from what was there
    const places = placesOf(decodeAs);
    await removeOldSpools();
    const compression = compressionOf(await blobSource(file).slice(0, MAGIC_BYTES));
    const inflated = await compression?.size(blobSource(file)) ?? null;
    if (compression) progress({ packets: 0, bytesRead: 0, bytesTotal: file.size, inflated, guess: null }); // before the room for it is taken
    const spool: BlobSpool | null = compression ? await openSpool(inflated) : null;
    const peeled = spool ? await peel(blobSource(file), spool) : blobSource(file);
    const source = breathing(peeled);
    const reader = await openCapture(breathing(peeled, FIRST_ROWS_MS));
    const table = new PacketTable();
    table.interfaces = reader.interfaces;
    let end = (): void => undefined;
    const ended = new Promise<void>((resolve) => { end = resolve; });
    const packets = new PacketReader(source, reader, table, places.program);
    const open: OpenSession = {
      file, source, reader, table, blob: () => spool?.blob() ?? Promise.resolve(file), packets, ...inPlace(source, places, packets, this.#reassembles), places,
      view: new PacketView(table), edits: new Map(), filtered: null, done: false, ended,
    };
    this.#open = open;
    let guess: Role | null = null;
    const fault = await index(open, peeled, signal, (read) => progress({ ...read, inflated, guess: guess ??= table.count > 0 ? guessOf(open, name) : null }));
    open.done = true;
    end();
    return { ...summarise(open, name, fault), lookalikes: await lookalikes(open) };
  }
}

/** The fault with which reading ended, null when it ended well. */
async function index({ reader, table, source, places: { ports } }: OpenSession, { compressed }: PeeledSource, signal: AbortSignal, progress: (p: Pick<IndexProgress, 'packets' | 'bytesRead' | 'bytesTotal'>) => void): Promise<Fault | null> {
  let last = -Infinity;
  const onWindow = (packets: number, bytesRead: number): void => {
    const now = performance.now();
    if (now - last < PROGRESS_MS) return;
    last = now;
    progress({ packets, bytesRead: compressed?.read ?? bytesRead, bytesTotal: compressed?.size ?? source.size });
  };
  try {
    await indexCapture(reader, table, { signal, ports, onWindow });
    return reader.fault;
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    await reader.close();
    return error.fault;
  }
}
