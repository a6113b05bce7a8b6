import { ether, hex, uint } from '../dissect/field.ts';
import { blob } from '../dissect/part.ts';
import { protocol } from '../dissect/protocol.ts';
import { typeWords } from './words.ts';
import { ETHERTYPES } from './numbers/ethertypes.ts';

/** MAC in MAC: the provider's service instance, then the customer's whole frame. */
export const ieee8021ah = protocol('ieee8021ah', {
  label: 'IEEE 802.1ah', column: '802.1ah', reference: 'IEEE 802.1Q section 9.7', over: { ethertype: [0x88e7] }, through: { name: 'ethertype', when: ['etype'] },
  header: [
    uint('priority', 3, 'Priority'), uint('drop', 1, 'DROP'), uint('nca', 1, 'NCA'), uint('res1', 1, 'RES1'), uint('res2', 2, 'RES2'), uint('isid', 24, 'I-SID', { digits: 8 }),
    ether('cdst', 'C-Destination'), ether('csrc', 'C-Source'), hex('etype', 16, 'Type', { strings: ETHERTYPES }),
  ],
  trailer: { padding: blob('padding', 'Padding', 'eth.padding'), bytes: blob('trailer', 'Trailer') },
  next: { table: 'ethertype', keys: ['etype'] },
  carries: (l) => typeWords(l, 'etype', 'Ethernet type'),
  summary: (l) => `I-SID ${l.text('isid')}`, title: (l) => `, I-SID: ${l.text('isid')}`, silentWhenCut: true,
  info: (l) => `PRI: ${l.text('priority')}  DROP: ${l.text('drop')}  NCA: ${l.text('nca')}  RES1: ${l.text('res1')}  RES2: ${l.text('res2')}  ID: ${l.text('isid')}`,
});
