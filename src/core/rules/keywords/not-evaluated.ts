// Keywords that Suricata knows and that are not evaluated here. A rule with one is shown as such, with the reason, and does not fire: an answer
// that ignored a condition would be wrong. Names from Suricata's manual and `suricata --list-keywords`.

interface Group { readonly why: string; readonly names: string }

const APPLICATION = 'the application layer is not read for rules yet';
const FLOW = 'flows are not followed for rules yet';
const EVENT = 'the events of Suricata’s own decoders are not told apart here';

const GROUPS: readonly Group[] = [
  { why: FLOW, names: 'flowvar pktvar tcp.session bypass flow.elephant app-layer-state' },
  { why: EVENT, names: 'engine-event' },
  { why: 'this checksum is not compared for rules yet', names: 'sctp-csum' },
  { why: 'scripts in Lua do not run here', names: 'lua luajit luaxform' },
  { why: 'it needs a list that lies in another file', names: 'dataset datarep iprep geoip' },
  { why: 'files are not put together from the traffic', names: 'filestore filename fileext file.name filemagic file.magic filemd5 filesha1 filesha256 filesize' },
  { why: 'this header is not read for rules yet', names: 'l3_proto' },
  { why: 'packets are not changed here', names: 'replace' },
  { why: 'it changes what Suricata does and not what matches', names: 'config' },
  {
    why: APPLICATION,
    names: 'frame dce_iface dce_opnum dce_stub_data ssl_state ssh_proto ssh_software ftpbounce ftpdata_command modbus dnp3_func dnp3_ind dnp3_obj dnp3_data '
      + 'cip_service enip_command smb_named_pipe smb_share nfs_procedure nfs_version krb5_msg_type krb5_err_code krb5_cname krb5_sname asn1 rpc',
  },
];

/** The first part of dotted names: "http.uri" belongs to http. */
const FAMILIES: ReadonlySet<string> = new Set(
  'http http2 dns mdns llmnr tls ssh ssl smb smtp ftp dcerpc dhcp dnp3 enip ike ja3 ja3s ja4 krb5 ldap modbus mqtt nfs ntp pgsql pop3 quic rdp rfb sdp sip snmp template websocket email file flow tftp imap bittorrent-dht'.split(' '),
);

const WHY: ReadonlyMap<string, string> = new Map(GROUPS.flatMap(({ why, names }) => names.split(' ').map((name): [string, string] => [name, why])));

/** Why a keyword that Suricata knows is not evaluated, as a clause; '' for a name that it does not know. */
export function whyNotEvaluated(name: string): string {
  const why = WHY.get(name);
  if (why !== undefined) return why;
  const dot = name.indexOf('.');
  return dot > 0 && FAMILIES.has(name.slice(0, dot)) ? APPLICATION : '';
}

export const NOT_EVALUATED: ReadonlyMap<string, string> = WHY;
