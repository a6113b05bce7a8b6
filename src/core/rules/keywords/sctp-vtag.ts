import { u32 } from '../../bytes/read.ts';
import { hasSctp } from '../packet/sctp.ts';
import { numberKeyword } from './number-keyword.ts';

export const sctpVtag = numberKeyword({
  names: ['sctp.vtag'], summary: 'The verification tag of SCTP compares.', label: 'the SCTP verification tag', max: 4_294_967_295, width: 4,
  value: (p) => (hasSctp(p) ? u32(p.bytes, p.transport + 4) : -1),
  place: (p) => p.transport + 4,
});
