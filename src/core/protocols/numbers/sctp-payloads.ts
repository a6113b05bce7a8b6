/** Payload protocol identifiers that say what a chunk carries (IANA, SCTP Payload Protocol Identifiers); others leave it to the ports. */
export const SCTP_PAYLOAD_NAMES: Readonly<Record<string, readonly number[]>> = {
  iua: [1], m2ua: [2], m3ua: [3], sua: [4], m2pa: [5], v5ua: [6], megaco: [7], bicc: [8], dua: [10], asap: [11], enrp: [12], q931: [13], s1ap: [18], rua: [19], hnbap: [20], sbcap: [24], nbap: [25], x2ap: [27], lcsap: [29], sabp: [31],
  m2ap: [43], m3ap: [44], diameter: [46], ngap: [60], xnap: [61], f1ap: [62], e1ap: [64],
};
export const SCTP_PAYLOADS: readonly number[] = Object.values(SCTP_PAYLOAD_NAMES).flat();
