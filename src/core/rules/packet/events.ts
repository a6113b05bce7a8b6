// Events of Suricata’s decoders, by the names that `decode-event` takes (rules/decoder-events.rules): those told apart here.

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
  'icmpv4.unknown_type', 'icmpv4.unknown_code', 'icmpv4.ipv4_trunc_pkt', 'icmpv4.ipv4_unknown_ver', 'icmpv6.unknown_type', 'icmpv6.unknown_code', 'icmpv6.ipv6_unknown_version', 'icmpv6.ipv6_trunc_pkt',
  'icmpv6.mld_message_with_invalid_hl', 'igmp.pkt_too_small', 'esp.pkt_too_small', 'sctp.init_with_non_zero_vtag', 'gre.pkt_too_small', 'gre.wrong_version', 'gre.version0_recur', 'gre.version0_flags',
  'gre.version0_hdr_too_big', 'gre.version0_malformed_sre_hdr', 'gre.version1_chksum', 'gre.version1_route', 'gre.version1_ssr', 'gre.version1_recur', 'gre.version1_flags', 'gre.version1_no_key',
  'gre.version1_wrong_protocol', 'gre.version1_hdr_too_big', 'erspan.header_too_small', 'erspan.unsupported_version', 'erspan.too_many_vlan_layers', 'mpls.header_too_small', 'mpls.pkt_too_small',
  'mpls.bad_label_router_alert', 'mpls.bad_label_implicit_null', 'mpls.bad_label_reserved', 'mpls.unknown_payload_type', 'nsh.header_too_small', 'nsh.unsupported_version', 'nsh.bad_header_length', 'nsh.reserved_type',
  'nsh.unsupported_type', 'nsh.unknown_payload', 'vlan.unknown_type', 'ethernet.unknown_ethertype', 'geneve.unknown_payload_type', 'vntag.header_too_small', 'vntag.unknown_type', 'ieee8021ah.header_too_small',
  'ltnull.pkt_too_small', 'ltnull.unsupported_type', 'ipraw.invalid_ip_version', 'sll.pkt_too_small', 'sll2.pkt_too_small', 'ppp.pkt_too_small', 'ppp.ip4_pkt_too_small', 'ppp.ip6_pkt_too_small', 'ppp.unsup_proto',
  'ppp.wrong_type', 'pppoe.pkt_too_small', 'chdlc.pkt_too_small', 'arp.pkt_too_small', 'arp.unsupported_hardware', 'arp.unsupported_protocol', 'arp.invalid_hardware_size', 'arp.invalid_protocol_size', 'arp.unsupported_opcode',
] as const;

export type DecodeEvent = (typeof DECODE_EVENTS)[number];
