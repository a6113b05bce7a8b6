/** States of a TCP session, in Suricata's order: those after time wait let rules look at all data at once. They are those of the side that did not speak first. */
export const TcpState = {
  none: 0, listen: 1, synSent: 2, synReceived: 3, established: 4, finWait1: 5, finWait2: 6, timeWait: 7, lastAck: 8, closeWait: 9, closing: 10, closed: 11,
} as const;
export type TcpState = (typeof TcpState)[keyof typeof TcpState];

export const STATE_WORDS: readonly string[] = ['none', 'listen', 'syn sent', 'syn received', 'established', 'fin wait 1', 'fin wait 2', 'time wait', 'last ack', 'close wait', 'closing', 'closed'];
