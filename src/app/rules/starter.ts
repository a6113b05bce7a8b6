/** What stands in the editor at first: the question of the mirrored ping, as rules. */
export const STARTER_RULES = `# Where along the mirror can a rule match? Press Run rules.
alert icmp any any -> any any (msg:"ICMP seen"; sid:1000001; rev:1;)
alert icmp any any -> any any (msg:"Echo request"; itype:8; sid:1000002; rev:1;)
alert udp any any -> any 4789 (msg:"VXLAN envelope"; sid:1000003; rev:1;)
`;
