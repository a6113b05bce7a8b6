// The field names of Wireshark's public field reference (wireshark.org/docs/dfref) for the protocols around tunnels, whether they
// are read here yet or not: so that a name that is right elsewhere is told apart from one that is none. A dot alone is the protocol.

const NAMES: Readonly<Record<string, string>> = {
  frame: 'number time_relative time_delta time_epoch len cap_len protocols encap_type time_delta_displayed time interface_id interface_name ' +
    'interface_description comment section_number packet_flags packet_flags_direction packet_flags_reception_type ' +
    'packet_flags_fcs_length packet_id drop_count interface_queue offset_shift marked ignored time_invalid len_lt_caplen p2p_dir',
  eth: 'dst src addr type len padding trailer fcs fcs.status dst.oui dst.lg dst.ig src.oui src.lg src.ig addr.oui lg ig dst_resolved ' +
    'src_resolved addr_resolved invalid_lentype src_not_group padding_bad len.past_end',
  vlan: 'id priority dei etype len trailer',
  ieee8021ad: 'id priority dei',
  ieee8021ah: 'isid priority drop nca cdst csrc etype',
  llc: 'dsap ssap control oui type pid dsap.sap dsap.ig ssap.sap ssap.cr control.ftype control.u_modifier_cmd cisco_pid',
  sll: 'pkttype hatype halen src.eth etype ifindex unused ltype gretype src.other src.ipv4 trailer',
  null: 'family type',
  ppp: 'protocol address control code identifier length',
  pppoe: 'version type code session_id payload_length',
  arp: 'hw.type proto.type hw.size proto.size opcode src.hw_mac src.proto_ipv4 dst.hw_mac dst.proto_ipv4 isgratuitous isprobe ' +
    'isannouncement src.hw src.proto dst.hw dst.proto duplicate-address-detected duplicate-address-frame',
  ip: 'version hdr_len dsfield dsfield.dscp dsfield.ecn len id flags flags.rb flags.df flags.mf frag_offset ttl proto checksum src dst ' +
    'addr checksum.status src_host dst_host host opt.type opt.type.copy opt.type.class opt.type.number opt.len opt.ptr opt.ra ' +
    'opt.time_stamp opt.time_stamp_addr opt.overflow opt.flag rec_rt src_rt cur_rt empty_rt bogus_ip_length bogus_header_length ' +
    'bogus_ip_version ttl.too_small ttl.lncb checksum_calculated',
  ipv6: 'version tclass tclass.dscp tclass.ecn flow plen nxt hlim src dst addr fraghdr.nxt fraghdr.offset fraghdr.more fraghdr.ident ' +
    'hopopts.nxt hopopts.len dstopts.nxt dstopts.len routing.nxt routing.len routing.type routing.segleft hopopts.len_oct ' +
    'dstopts.len_oct routing.len_oct fraghdr.reserved_octet fraghdr.reserved_bits src_host dst_host host slaac_mac src_slaac_mac ' +
    'dst_slaac_mac opt.type opt.type.action opt.type.change opt.type.rest opt.length opt.padn opt.router_alert opt.jumbo ' +
    'routing.src.addr routing.src.reserved routing.mipv6.home_address routing.srh.last_entry routing.srh.flags routing.srh.tag ' +
    'routing.srh.addr 6to4_gw_ipv4 6to4_sla_id ts_ipv4 tc_port tc_ipv4 isatap_ipv4 plen_exceeds_framing opt.mipv6.home_address',
  icmp: 'type code checksum checksum.status ident ident_le seq seq_le unused mtu redir_gw pointer length length.original_datagram data_time ' +
    'data_time_relative originate_timestamp receive_timestamp transmit_timestamp address_mask num_addrs addr_entry_size lifetime ' +
    'router_address pref_level ext.version ext.checksum ext.checksum.status ext.length ext.class ext.ctype mpls.label mpls.exp mpls.s ' +
    'mpls.ttl resp_to resptime',
  icmpv6: 'type code checksum checksum.status echo.identifier echo.sequence_number nd.ns.target_address nd.na.target_address nd.na.flag.r ' +
    'nd.na.flag.s nd.na.flag.o opt.type opt.length opt.linkaddr opt.prefix opt.mtu reserved mtu pointer nd.na.flag nd.ra.cur_hop_limit ' +
    'nd.ra.flag nd.ra.flag.m nd.ra.flag.o nd.ra.flag.h nd.ra.flag.prf nd.ra.flag.p nd.ra.router_lifetime nd.ra.reachable_time ' +
    'nd.ra.retrans_timer opt.src_linkaddr opt.target_linkaddr opt.prefix.length opt.prefix.flag opt.prefix.flag.l opt.prefix.flag.a ' +
    'opt.prefix.flag.r opt.prefix.valid_lifetime opt.prefix.preferred_lifetime opt.rdnss opt.rdnss.lifetime opt.route_lifetime ' +
    'nd.rd.target_address rd.na.destination_address mld.maximum_response_delay mld.multicast_address mldr.nb_mcast_records ' +
    'mldr.mar.record_type mldr.mar.aux_data_len mldr.mar.nb_sources mldr.mar.multicast_address mldr.mar.source_address mld.flag.s ' +
    'mld.flag.qrv mld.qqi mld.nb_sources resp_to resptime',
  igmp: 'version type max_resp checksum checksum.status maddr reserved s qrv qqic num_src saddr num_grp_recs record_type aux_data_len',
  udp: 'srcport dstport port length checksum stream checksum.status payload time_relative time_delta checksum_coverage length.bad',
  tcp: 'srcport dstport port seq_raw ack_raw hdr_len flags flags.res flags.ae flags.cwr flags.ece flags.urg flags.ack flags.push ' +
    'flags.reset flags.syn flags.fin flags.str window_size_value checksum urgent_pointer len option_kind option_len options.mss_val ' +
    'options.wscale.shift options.timestamp.tsval options.timestamp.tsecr stream seq ack checksum.status options payload ' +
    'options.wscale.multiplier options.sack_re options.sack_le options.sack.count options.md5.digest options.tfo.cookie ' +
    'options.experimental.exid options.user_to_val nxtseq window_size window_size_scalefactor time_relative time_delta completeness ' +
    'analysis.acks_frame analysis.ack_rtt analysis.initial_rtt analysis.bytes_in_flight analysis.push_bytes_sent ' +
    'analysis.retransmission analysis.fast_retransmission analysis.spurious_retransmission analysis.out_of_order analysis.lost_segment ' +
    'analysis.ack_lost_segment analysis.duplicate_ack_num analysis.duplicate_ack_frame analysis.window_update analysis.zero_window ' +
    'analysis.keep_alive analysis.reused_ports options.mptcp.subtype ack.nonzero urgent_pointer.non_zero',
  sctp: 'srcport dstport port verification_tag checksum chunk_type chunk_flags chunk_length checksum.status chunk_bit_1 chunk_bit_2 ' +
    'chunk_padding initiate_tag init_initiate_tag init_credit init_nr_out_streams init_nr_in_streams init_initial_tsn ' +
    'initack_initiate_tag initack_credit initack_nr_out_streams initack_nr_in_streams initack_initial_tsn parameter_type ' +
    'parameter_length data_tsn_raw data_sid data_ssn data_payload_proto_id data_e_bit data_b_bit data_u_bit data_i_bit ' +
    'sack_cumulative_tsn_ack_raw sack_a_rwnd sack_number_of_gap_blocks sack_number_of_duplicated_tsns cause_code data_tsn ' +
    'sack_cumulative_tsn_ack assoc_index',
  vxlan: 'flags flag_i flag_g gbp vni flag_d flag_a flags_reserved reserved8 ver i_bit p_bit o_bit next_proto reserved_16',
  geneve: 'version flags flags.oam flags.critical proto_type vni flags.reserved reserved options option option.class option.type ' +
    'option.type.critical option.flags option.flags.reserved option.length option.unknown.data',
  gre: 'flags_and_version flags.checksum flags.routing flags.key flags.sequence_number flags.version proto key sequence_number ' +
    'flags.strict_source_route flags.recursion_control flags.reserved flags.ack checksum checksum.status offset key.payload_length ' +
    'key.call_id ack_number routing.address_family routing.sre_offset routing.src_length wccp.service_id',
  erspan: 'version vlan cos encap truncated spanid index direction reserved bso timestamp sgt p ft hw gra o',
  mpls: 'label exp bottom ttl',
  pweth: 'cw.sequence_number',
  teredo: 'auth.idlen auth.aulen auth.nonce auth.conf orig.addr orig.port',
  gtp: 'flags flags.version flags.payload flags.e flags.s flags.pn message length teid seq_number npdu_number',
  l2tp: 'type length_bit seq_bit offset_bit priority version length tunnel session Ns Nr ccid sid avp.type avp.message_type',
  esp: 'spi sequence',
  ah: 'next_header length spi sequence icv',
  nsh: 'version ttl length mdtype nextproto spi si',
  data: 'data len',
  dns: 'id flags flags.response flags.opcode flags.authoritative flags.truncated flags.recdesired flags.recavail flags.z ' +
    'flags.authenticated flags.checkdisable flags.rcode count.queries count.answers count.auth_rr count.add_rr qry.name qry.type ' +
    'qry.class resp.name resp.type resp.class resp.ttl resp.len a aaaa cname qry.name.len count.labels ns ptr.domain_name mx.preference ' +
    'mx.mail_exchange txt txt.length srv.service srv.proto srv.name srv.priority srv.weight srv.port srv.target soa.mname soa.rname ' +
    'soa.serial_number soa.refresh_interval soa.retry_interval soa.expire_limit soa.minimum_ttl rr.udp_payload_size resp.ext_rcode ' +
    'resp.edns0_version resp.z resp.z.do resp.z.reserved opt.code opt.len opt.data length qry.qu resp.cache_flush flags.conflict ' +
    'flags.tentative rrsig.type_covered rrsig.algorithm rrsig.labels rrsig.original_ttl rrsig.key_tag rrsig.signers_name ds.key_id ' +
    'ds.digest dnskey.algorithm nsec.next_domain_name naptr.regex opt.cookie.client opt.cookie.server response_to time retransmission',
  dhcp: 'type hw.type hw.len hops id secs flags flags.bc ip.client ip.your ip.server ip.relay hw.mac_addr cookie option.type option.length ' +
    'option.dhcp flags.reserved hw.addr_padding server file option.value option.end option.padding option.hostname ' +
    'option.requested_ip_address option.dhcp_server_id option.subnet_mask option.router option.domain_name_server option.domain_name ' +
    'option.ip_address_lease_time option.renewal_time_value option.rebinding_time_value option.request_list_item option.vendor_class_id ' +
    'option.dhcp_max_message_size option.broadcast_address option.ntp_server fqdn.name option.agent_information_option.agent_circuit_id',
  dhcpv6: 'msgtype xid option.type option.length duid.type duid.bytes elapsed_time requested_option_code iaaddr.ip iaid.t1 iaid.t2 hopcount ' +
    'linkaddr peeraddr',
  http: 'request request.method request.uri request.version response response.version response.code response.phrase host user_agent ' +
    'content_type content_length_header content_length server location referer cookie set_cookie request.line response.line ' +
    'response.code.desc request.full_uri request.uri.path request.uri.query request.uri.query.parameter connection accept ' +
    'accept_encoding accept_language date last_modified cache_control transfer_encoding content_encoding authorization x_forwarded_for ' +
    'upgrade cookie_pair file_data request_number response_number request_in response_for.uri time',
  tls: 'record.content_type record.opaque_type record.version record.length handshake.type handshake.length handshake.version ' +
    'handshake.ciphersuite handshake.extension.type handshake.extensions_server_name alert_message.level alert_message.desc ' +
    'handshake.random handshake.session_id_length handshake.session_id handshake.cipher_suites_length handshake.comp_methods_length ' +
    'handshake.comp_method handshake.extensions_length handshake.extension.len handshake.extensions_server_name_list_len ' +
    'handshake.extensions_server_name_type handshake.extensions_server_name_len handshake.extensions_supported_group ' +
    'handshake.extensions_ec_point_format handshake.sig_hash_alg handshake.extensions_alpn_str handshake.extensions.supported_version ' +
    'handshake.extensions_key_share_group handshake.certificate_length handshake.ja3_full handshake.ja3 handshake.ja3s_full ' +
    'handshake.ja3s extension.psk_ke_mode handshake.random_time handshake.random_bytes handshake.extension.data ' +
    'handshake.extensions_key_share_key_exchange handshake.certificate app_data handshake.session_ticket',
  ntp: 'flags flags.li flags.vn flags.mode stratum ppoll precision rootdelay rootdispersion refid reftime org rec xmt',
  stp: 'protocol version type flags flags.tc flags.tcack flags.agreement flags.forwarding flags.learning flags.port_role flags.proposal ' +
    'root.prio root.ext root.hw root.cost bridge.prio bridge.ext bridge.hw port msg_age max_age hello forward',
  lldp: 'tlv.type tlv.len chassis.subtype chassis.id chassis.id.mac port.subtype port.id port.id.mac time_to_live port.desc tlv.system.name ' +
    'tlv.system.desc tlv.system_cap tlv.enable_system_cap mgn.addr.ip4 orgtlv.oui ieee.802_1.subtype ieee.802_1.port_vlan.id ' +
    'ieee.802_3.subtype',
  slow: 'subtype',
  lacp: 'version actor.sysid actor.key actor.port actor.state partner.sysid partner.key partner.port partner.state',
  cdp: 'version ttl tlv.type tlv.len deviceid portid software_version',
  vrrp: 'version type virt_rtr_id prio addr_count ip_addr',
  bfd: 'version diag sta flags detect_time_multiplier my_discriminator your_discriminator',
  ospf: 'version msg srcrouter area_id hello.hello_interval',
  bgp: 'length type open.myas open.holdtime open.identifier',
  pim: 'version type',
  rip: 'command version ip metric',
  hsrp: 'opcode state priority group virt_ip',
  radius: 'code id length avp.type avp.length',
  snmp: 'version community request_id name',
  syslog: 'facility level msg',
  tftp: 'opcode source_file block',
  ssh: 'protocol',
  ftp: 'request.command request.arg response.code response.arg',
  smtp: 'req.command req.parameter response.code rsp.parameter',
  sip: 'Method r-uri Status-Code Call-ID',
  nbns: 'id name type',
  quic: 'header_form fixed_bit long.packet_type version dcid scid',
  dtls: 'record.content_type record.version record.epoch record.sequence_number record.length handshake.type',
  wg: 'type sender receiver counter',
  radiotap: 'length',
  wlan: 'fc.type fc.subtype fc.type_subtype bssid sa da ta ra seq ssid',
  eapol: 'version type len',
  _ws: 'malformed short expert.severity expert.group col.Protocol col.Info col.Source col.Destination',
};

/** Is this the name of a field or protocol in Wireshark? */
export function isReferenceName(name: string): boolean {
  const dot = name.indexOf('.');
  const protocol = dot < 0 ? name : name.slice(0, dot);
  return Object.hasOwn(NAMES, protocol) && NAMES[protocol]!.split(' ').includes(dot < 0 ? '.' : name.slice(dot + 1));
}

/** Is this a protocol whose fields are in the list? */
export const isReferenceProtocol = (name: string): boolean => Object.hasOwn(NAMES, name);
