import { flag, flags, hex, ipv6, uint, type Strings } from '../dissect/field.ts';
import { bytes, tlv, type Cases } from '../dissect/part.ts';

const PAD_1 = 0;
const ACTIONS: Strings = { 0: 'Skip and continue', 1: 'Discard', 2: 'Discard and send ICMP', 3: 'Discard and send ICMP if not multicast' };
const TYPES: Strings = {
  0x00: 'Pad1', 0x01: 'PadN', 0x04: 'Tunnel Encapsulation Limit', 0x05: 'Router Alert', 0x07: 'CALIPSO', 0x08: 'SMF_DPD', 0x0f: 'Performance and Diagnostic Metrics', 0x11: 'IOAM', 0x1e: 'Experimental (0x1E)', 0x23: 'RPL Option',
  0x26: 'Quick-Start', 0x30: 'Minimum Path MTU', 0x31: 'IOAM, may change', 0x3e: 'Experimental (0x3E)', 0x63: 'RPL Option', 0x6d: 'MPL Option', 0x8a: 'Endpoint Identification', 0x8b: 'ILNP Nonce', 0x8c: 'Line-Identification Option',
  0xc2: 'Jumbo Payload', 0xc9: 'Home Address', 0xee: 'IP_DFF',
};
const ALERTS: Strings = { 0: 'MLD', 1: 'RSVP', 2: 'Active Network' };

const bodies: Cases = {
  0x01: [{ ...bytes('opt.padn', 'PadN'), empty: true }],
  0x04: [uint('opt.tel', 8, 'Tunnel Encapsulation Limit')],
  0x05: [uint('opt.router_alert', 16, 'Router Alert', { strings: ALERTS })],
  0x30: [uint('opt.pmtu.min', 16, 'Minimum Reported PMTU'), uint('opt.pmtu.rtn', 15, 'Return Minimum PMTU'), flag('opt.pmtu.r_flag', 'Return Flag')],
  0x8b: [bytes('opt.ilnp_nonce', 'ILNP Nonce')],
  0xc2: [uint('opt.jumbo', 32, 'Payload Length', { unit: 'bytes' })],
  0xc9: [ipv6('opt.mipv6.home_address', 'Home Address')],
  0x1e: [bytes('opt.experimental', 'Experimental Option')], 0x3e: [bytes('opt.experimental', 'Experimental Option')],
};

/** Options of the hop-by-hop and destination headers (RFC 8200 section 4.2; IANA, Destination Options and Hop-by-Hop Options). */
export const ipv6Options = tlv({
  head: [
    flags('opt.type', 'Type', [
      uint('opt.type.action', 2, 'Action', { strings: ACTIONS }), flag('opt.type.change', 'May Change'), hex('opt.type.rest', 5, 'Low-Order Bits'),
    ], { strings: TYPES }),
    uint('opt.length', 8, 'Length', { unit: 'bytes' }),
  ],
  type: 'opt.type', length: 'opt.length', counts: 'body', single: [PAD_1], of: bodies, otherwise: [bytes('opt.unknown', 'Unknown Option Payload')],
});
