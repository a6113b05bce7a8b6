import { uint, type Strings } from '../dissect/field.ts';
import { bytes, fill, measured, pick, utf8Text, type Part, type Probe } from '../dissect/part.ts';
import type { Layer } from '../dissect/layer.ts';
import { protocol } from '../dissect/protocol.ts';

const OPERATIONS: Strings = { 1: 'Read Request', 2: 'Write Request', 3: 'Data Packet', 4: 'Acknowledgement', 5: 'Error Code', 6: 'Option Acknowledgement' };
const ERRORS: Strings = { 0: 'Not defined', 1: 'File not found', 2: 'Access violation', 3: 'Disk full or allocation exceeded', 4: 'Illegal TFTP Operation', 5: 'Unknown transfer ID', 6: 'File already exists', 7: 'No such user', 8: 'Option negotiation failed' };
const [READ, WRITE, DATA, ACKNOWLEDGEMENT, ERROR, OPTIONS] = [1, 2, 3, 4, 5, 6];
const WHOLE_BLOCK = 512; // bytes; a shorter one is the last

/** Up to a zero byte, with it. */
const zeroEnded: Probe = (b, at, end) => { const zero = b.indexOf(0, at); return zero < 0 || zero >= end ? end - at : zero + 1 - at; };
const string = (name: string, label: string): Part => measured(name, label, zeroEnded, utf8Text);
const options = fill([string('option.name', 'Option name'), string('option.value', 'Option value')]);

function said(l: Layer): string {
  const named = l.texts('option.name').map((name, i) => `, ${name}=${l.texts('option.value')[i] ?? ''}`).join('');
  switch (l.num('opcode')) {
    case READ: case WRITE: return `${l.words('opcode')}, File: ${l.text(l.num('opcode') === READ ? 'source_file' : 'destination_file')}, Transfer type: ${l.text('type')}${named}`;
    case DATA: return `Data Packet, Block: ${l.text('block')}${l.payloadBytes < WHOLE_BLOCK ? ' (last)' : ''}`;
    case ACKNOWLEDGEMENT: return `Acknowledgement, Block: ${l.text('block')}`;
    case ERROR: return `Error Code, Code: ${l.words('error.code')}, Message: ${l.text('error.message')}`;
    case OPTIONS: return `Option Acknowledgement${named}`;
    default: return `Unknown (0x${(l.num('opcode') >>> 0).toString(16).padStart(4, '0')})`;
  }
}

export const tftp = protocol('tftp', {
  label: 'Trivial File Transfer Protocol', column: 'TFTP', reference: 'RFC 1350 section 5; RFC 2347', message: true, over: { 'udp.port': [69] },
  header: [
    uint('opcode', 16, 'Opcode', { strings: OPERATIONS }),
    pick('opcode', {
      [READ]: [string('source_file', 'Source File'), string('type', 'Type'), options], [WRITE]: [string('destination_file', 'Destination File'), string('type', 'Type'), options], [DATA]: [uint('block', 16, 'Block')], [ACKNOWLEDGEMENT]: [uint('block', 16, 'Block')],
      [ERROR]: [uint('error.code', 16, 'Error code', { strings: ERRORS }), string('error.message', 'Error message')], [OPTIONS]: [options],
    }, [bytes('data', 'Data')]),
  ],
  next: 'data', opens: 'never', summary: (l) => l.words('opcode'), title: () => '', info: said,
});
