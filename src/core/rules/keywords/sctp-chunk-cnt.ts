import { hasSctp, sctpChunks } from '../packet/sctp.ts';
import { numberKeyword } from './number-keyword.ts';

export const sctpChunkCount = numberKeyword({
  names: ['sctp.chunk_cnt'], summary: 'The number of SCTP chunks in the packet compares.', label: 'the number of SCTP chunks', max: 65_535, width: 0,
  value: (p) => (hasSctp(p) ? sctpChunks(p) : -1),
  place: (p) => p.transport,
});
