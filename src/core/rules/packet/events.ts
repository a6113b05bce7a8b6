// Events of Suricata's decoders, by the names that `decode-event` takes (rules/decoder-events.rules). Those told apart here; the others of a family that is decoded never happen.

export const DECODE_EVENTS = [
  'ipv4.pkt_too_small', 'ipv4.hlen_too_small', 'ipv4.iplen_smaller_than_hlen', 'ipv4.trunc_pkt', 'ipv4.wrong_ip_version', 'ipv4.opt_invalid_len', 'ipv4.opt_eol_required', 'ipv4.opt_duplicate',
  'ipv4.opt_unknown', 'ipv4.opt_pad_required', 'ipv4.icmpv6', 'ipv4.unknown_protocol', 'ipv4.frag_pkt_too_large', 'ipv4.frag_overlap',
  'ipv6.pkt_too_small', 'ipv6.trunc_pkt', 'ipv6.wrong_ip_version', 'ipv6.trunc_exthdr', 'ipv6.exthdr_dupl_fh', 'ipv6.exthdr_useless_fh', 'ipv6.exthdr_dupl_rh', 'ipv6.exthdr_dupl_hh', 'ipv6.exthdr_dupl_dh',
  'ipv6.exthdr_dupl_ah', 'ipv6.exthdr_invalid_optlen', 'ipv6.exthdr_ah_res_not_null', 'ipv6.hopopts_unknown_opt', 'ipv6.hopopts_only_padding', 'ipv6.dstopts_unknown_opt', 'ipv6.dstopts_only_padding',
  'ipv6.rh_type_0', 'ipv6.zero_len_padn', 'ipv6.fh_non_zero_reserved_field', 'ipv6.data_after_none_header', 'ipv6.unknown_next_header', 'ipv6.icmpv4',
  'ipv6.frag_pkt_too_large', 'ipv6.frag_overlap', 'ipv6.frag_invalid_length',
  'ipv6.ipv4_in_ipv6_too_small', 'ipv6.ipv4_in_ipv6_wrong_version', 'ipv6.ipv6_in_ipv6_too_small', 'ipv6.ipv6_in_ipv6_wrong_version',
  'tcp.pkt_too_small', 'tcp.hlen_too_small', 'tcp.invalid_optlen', 'tcp.opt_invalid_len', 'tcp.opt_duplicate', 'udp.pkt_too_small', 'udp.hlen_too_small', 'udp.len_invalid',
  'icmpv4.pkt_too_small', 'icmpv6.pkt_too_small', 'icmpv6.unassigned_type', 'icmpv6.experimentation_type', 'sctp.pkt_too_small', 'vlan.header_too_small', 'vlan.too_many_layers', 'ethernet.pkt_too_small',
  'vxlan.unknown_payload_type',
] as const;

export type DecodeEvent = (typeof DECODE_EVENTS)[number];
