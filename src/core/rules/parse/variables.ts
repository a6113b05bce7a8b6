// The variables of Suricata's stock suricata.yaml (vars.address-groups and vars.port-groups), which a caller may override.

export interface Variables { readonly addresses: ReadonlyMap<string, string>; readonly ports: ReadonlyMap<string, string> }

const HOME = ['HTTP_SERVERS', 'SMTP_SERVERS', 'SQL_SERVERS', 'DNS_SERVERS', 'TELNET_SERVERS', 'DC_SERVERS', 'DNP3_SERVER', 'DNP3_CLIENT', 'MODBUS_CLIENT', 'MODBUS_SERVER', 'ENIP_CLIENT', 'ENIP_SERVER'];

export const STOCK_VARIABLES: Variables = {
  addresses: new Map([
    ['HOME_NET', '[192.168.0.0/16,10.0.0.0/8,172.16.0.0/12]'], ['EXTERNAL_NET', '!$HOME_NET'], ['AIM_SERVERS', '$EXTERNAL_NET'],
    ...HOME.map((name): [string, string] => [name, '$HOME_NET']),
  ]),
  ports: new Map([
    ['HTTP_PORTS', '80'], ['SHELLCODE_PORTS', '!80'], ['ORACLE_PORTS', '1521'], ['SSH_PORTS', '22'], ['DNP3_PORTS', '20000'],
    ['MODBUS_PORTS', '502'], ['FILE_DATA_PORTS', '[$HTTP_PORTS,110,143]'], ['FTP_PORTS', '21'], ['GENEVE_PORTS', '6081'],
    ['VXLAN_PORTS', '4789'], ['TEREDO_PORTS', '3544'], ['SIP_PORTS', '[5060, 5061]'],
  ]),
};

/** The stock variables with some of them replaced or added. */
export const withVariables = (addresses: Iterable<readonly [string, string]>, ports: Iterable<readonly [string, string]> = []): Variables => ({
  addresses: new Map([...STOCK_VARIABLES.addresses, ...addresses]), ports: new Map([...STOCK_VARIABLES.ports, ...ports]),
});
