import { useState } from 'react';
import { useSelectedPlace } from '../packets/detail.ts';
import { edit, useBench } from './bench.ts';
import { bitsAt, bitsOf } from './field-value.ts';

const MOST_BITS = 32; // that are shown as switches

/** The selected field, wherever it was selected: its value can be typed, and its bits turned. */
export function FieldBits() {
  const { detail } = useBench();
  const place = useSelectedPlace();
  const field = detail && place ? detail.fields[place.field] : undefined;
  const end = field ? field.bitOffset + field.bitLength : 0;
  if (!detail || !field || field.bitLength === 0 || end > detail.bytes.length * 8) {
    return <section className="bench-field" aria-label="Selected field"><h2>Selected field</h2><p className="dim">Select a field in a tree, a cell of the diagram, or a byte: its value and its bits can be changed here.</p></section>;
  }
  const { bitOffset, bitLength, label, name, text } = field;
  const value = bitsAt(detail.bytes, bitOffset, bitLength);
  const put = (bits: string): void => edit({ kind: 'bits', bitOffset, bitLength, value: bits });
  return (
    <section className="bench-field" aria-label="Selected field">
      <h2>{label}</h2>
      <p className="dim"><span className="mono">{name}</span> · {bitLength === 1 ? '1 bit' : `${bitLength} bits`} · {text}</p>
      <Value key={`${name} ${bitOffset} ${value}`} label={label} bitLength={bitLength} shown={field.value} put={put} />
      {bitLength <= MOST_BITS && (
        <div className="bench-bits" role="group" aria-label={`Bits of ${label}`}>
          {Array.from({ length: bitLength }, (_, at) => {
            const weight = BigInt(bitLength - 1 - at), on = (value >> weight & 1n) === 1n;
            return <button key={at} type="button" aria-pressed={on} aria-label={`Bit ${at} of ${label}`} style={at === 0 ? { gridColumnStart: bitOffset % 8 + 1 } : undefined} onClick={() => put((value ^ 1n << weight).toString(16))}>{on ? 1 : 0}</button>;
          })}
        </div>
      )}
    </section>
  );
}

function Value({ label, bitLength, shown, put }: { label: string; bitLength: number; shown: string; put: (bits: string) => void }) {
  const [typed, setTyped] = useState(shown);
  const bits = bitsOf(typed, bitLength);
  return (
    <form onSubmit={(event) => { event.preventDefault(); if (bits !== null) put(bits); }}>
      <input className="text-input mono" aria-label={`Value of ${label}`} value={typed} aria-invalid={typed !== shown && bits === null} onChange={({ target }) => setTyped(target.value)} />
      <button type="submit" className="button small" disabled={bits === null}>Set</button>
      {typed !== shown && bits === null && <p role="status">A decimal number, one after 0x, or an address that fits into {bitLength} bits.</p>}
    </form>
  );
}
