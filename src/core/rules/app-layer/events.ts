import type { AppProtocol } from './transaction.ts';

/** Events that the parsers here raise, in the names of rules/http-events.rules, dns-events.rules and tls-events.rules. */
const NAMES: Readonly<Record<AppProtocol, string>> = {
  http: 'request_line_leading_whitespace method_delim_non_compliant uri_delim_non_compliant double_encoded_uri request_line_incomplete request_line_missing_protocol request_line_invalid request_field_missing_colon '
    + 'invalid_request_field_folding request_header_invalid request_header_repetition request_too_many_headers duplicate_content_length_field_in_request invalid_content_length_field_in_request '
    + 'invalid_transfer_encoding_value_in_request invalid_request_chunk_len request_chunk_extension request_field_too_long missing_host_header request_header_host_invalid request_uri_host_invalid host_header_ambiguous '
    + 'invalid_authority_port request_auth_unrecognized request_body_unexpected response_field_missing_colon invalid_response_field_folding response_header_invalid response_header_repetition response_too_many_headers '
    + 'duplicate_content_length_field_in_response invalid_content_length_field_in_response invalid_transfer_encoding_value_in_response response_abnormal_transfer_encoding response_chunked_old_proto '
    + 'invalid_response_chunk_len response_chunk_extension response_field_too_long response_invalid_protocol response_invalid_status response_multipart_byteranges 100_continue_already_seen '
    + 'unable_to_match_response_to_request gzip_decompression_failed compression_bomb abnormal_ce_header too_many_encoding_layers',
  dns: 'not_a_request not_a_response z_flag_set invalid_opcode name_too_long infinite_loop too_many_labels invalid_additionals invalid_authorities',
  tls: 'invalid_tls_header invalid_record_version invalid_record_type invalid_record_length invalid_alert_message handshake_invalid_length invalid_handshake_message heartbeat_message invalid_heartbeat_message '
    + 'overflow_heartbeat_message dataleak_heartbeat_mismatch multiple_sni_extensions invalid_sni_type invalid_sni_length invalid_certificate certificate_invalid_der certificate_invalid_length certificate_invalid_serial '
    + 'certificate_invalid_algorithmidentifier certificate_invalid_x509name certificate_invalid_issuer certificate_invalid_subject certificate_invalid_date certificate_invalid_validity',
};

export const APP_EVENTS: Readonly<Record<AppProtocol, ReadonlySet<string>>> = { http: new Set(NAMES.http.split(' ')), dns: new Set(NAMES.dns.split(' ')), tls: new Set(NAMES.tls.split(' ')) };
