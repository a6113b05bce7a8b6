import type { FieldRequest } from './field-options.ts';

/** How packets are printed: text before all, between two, after all. */
export interface Form { readonly open: string; readonly between: string; readonly close: string; readonly packet: (cells: readonly (readonly string[])[]) => string }

export const lineForm = (request: FieldRequest): Form => (request.form === 'json' ? json(request) : lines(request));

const ESCAPES: Readonly<Record<string, string>> = { '\b': '\\b', '\t': '\\t', '\n': '\\n', '\f': '\\f', '\r': '\\r' };
const ESCAPED = /[\b\t\n\f\r]/;
const escaped = (value: string): string => (ESCAPED.test(value) ? value.replace(/[\b\t\n\f\r]/g, (c) => ESCAPES[c]!) : value);

function lines({ names, separator, aggregator, occurrence, header }: FieldRequest): Form {
  const join = (values: readonly string[]): string => (values.length > 1 ? values.map(escaped).join(aggregator) : values.length === 1 ? escaped(values[0]!) : '');
  const cell = occurrence === 'a' ? join : (values: readonly string[]): string => escaped((occurrence === 'f' ? values[0] : values.at(-1)) ?? '');
  return {
    open: header ? `${names.join(separator)}\n` : '', between: '', close: '',
    packet: (cells) => {
      let line = cell(cells[0]!);
      for (let i = 1; i < cells.length; i++) line += separator + cell(cells[i]!);
      return `${line}\n`;
    },
  };
}

const json = ({ names, occurrence }: FieldRequest): Form => ({
  open: '[', between: ',\n', close: ']\n',
  packet: (cells) => {
    const layers = names.flatMap((name, i) => {
      const values = cells[i]!;
      const chosen = occurrence === 'a' ? values : occurrence === 'f' ? values.slice(0, 1) : values.slice(-1);
      return chosen.length > 0 ? [`${JSON.stringify(name)}:${JSON.stringify(chosen)}`] : [];
    });
    return `{"_source":{"layers":{${layers.join(',')}}}}`;
  },
});
