import { BASE64_DATA, HEADER_BUFFERS, PAYLOAD } from '../match/buffers.ts';
import type { RuleBuffer } from '../match/chain.ts';
import type { Keyword } from './keyword.ts';

const sticky = (name: string, buffer: RuleBuffer): Keyword => ({
  names: [name], summary: `What follows looks at ${buffer.label}.`, form: `${name};`, value: 'none',
  read(option, rule) { rule.stick(buffer, option.at); },
});

/** The headers as buffers, and the way back to the payload. */
export const stickyBuffers: readonly Keyword[] = [sticky('pkt_data', PAYLOAD), sticky('base64_data', BASE64_DATA), ...HEADER_BUFFERS.map((buffer) => sticky(buffer.name, buffer))];
