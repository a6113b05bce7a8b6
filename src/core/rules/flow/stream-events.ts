// Events of Suricata's TCP engine, by the names that `stream-event` takes (rules/stream-events.rules).

export const STREAM_EVENTS = [
  '3whs_ack_in_wrong_dir', '3whs_async_wrong_seq', '3whs_right_seq_wrong_ack_evasion', '3whs_synack_in_wrong_direction', '3whs_synack_resend_with_different_ack', '3whs_synack_resend_with_diff_seq',
  '3whs_synack_toserver_on_syn_recv', '3whs_synack_with_wrong_ack', '3whs_syn_resend_diff_seq_on_syn_recv', '3whs_syn_toclient_on_syn_recv', '3whs_wrong_seq_wrong_ack', '3whs_synack_tfo_data_ignored',
  '4whs_synack_with_wrong_ack', '4whs_synack_with_wrong_syn', '4whs_wrong_seq', '4whs_invalid_ack', 'closewait_ack_out_of_window', 'closewait_fin_out_of_window', 'closewait_pkt_before_last_ack', 'closewait_invalid_ack',
  'closing_ack_wrong_seq', 'closing_invalid_ack', 'est_packet_out_of_window', 'est_pkt_before_last_ack', 'est_synack_resend', 'est_synack_resend_with_different_ack', 'est_synack_resend_with_diff_seq',
  'est_synack_toserver', 'est_syn_resend', 'est_syn_resend_diff_seq', 'est_syn_toclient', 'est_invalid_ack', 'fin_invalid_ack', 'fin1_ack_wrong_seq', 'fin1_fin_wrong_seq', 'fin1_invalid_ack', 'fin2_ack_wrong_seq',
  'fin2_fin_wrong_seq', 'fin2_invalid_ack', 'fin_but_no_session', 'fin_out_of_window', 'fin_syn', 'lastack_ack_wrong_seq', 'lastack_invalid_ack', 'rst_but_no_session', 'timewait_ack_wrong_seq', 'timewait_invalid_ack',
  'shutdown_syn_resend', 'pkt_invalid_timestamp', 'pkt_invalid_ack', 'pkt_broken_ack', 'rst_invalid_ack', 'pkt_retransmission', 'pkt_bad_window_update', 'suspected_rst_inject', 'reassembly_segment_before_base_seq',
  'reassembly_seq_gap', 'reassembly_overlap_different_data', 'reassembly_depth_reached', 'reassembly_no_segment', 'wrong_thread', '3whs_syn_flood', '3whs_ack_data_inject', 'reassembly_urgent_oob_limit_reached', 'est_pkt_before_base_seq',
  '3whs_synack_flood', 'pkt_spurious_retransmission', 'est_ack_zwp_data', 'rst_with_data',
] as const;

export type StreamEvent = (typeof STREAM_EVENTS)[number];

/** Those that never happen here: packets are not spread over threads, and segments are never short. */
export const NEVER: ReadonlySet<StreamEvent> = new Set<StreamEvent>(['wrong_thread', 'reassembly_no_segment', 'est_pkt_before_base_seq']);
