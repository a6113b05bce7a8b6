import type { FieldRequest } from './field-options.ts';

/** How packets are printed: text before all, between two, after all. */
export interface Form { readonly open: string; readonly between: string; readonly close: string; readonly packet: (cells: readonly (readonly string[])[]) => string }

/** `plain`: columns whose texts need no escapes. */
export const lineForm = (request: FieldRequest, plain: readonly boolean[]): Form => (request.form === 'json' ? json(request) : lines(request, plain));

const ESCAPES: Readonly<Record<string, string>> = { '\b': '\\b', '\t': '\\t', '\n': '\\n', '\f': '\\f', '\r': '\\r' };
const ESCAPED = /[\b\t\n\f\r]/;
const escaped = (value: string): string => (ESCAPED.test(value) ? value.replace(/[\b\t\n\f\r]/g, (c) => ESCAPES[c]!) : value);

function lines({ names, separator, aggregator, occurrence, header }: FieldRequest, plain: readonly boolean[]): Form {
  const all = (values: readonly string[], from: number, to: number, escape: boolean): string => {
    let text = '';
    for (let i = from; i < to; i++) text += (i > from ? aggregator : '') + (escape ? escaped(values[i]!) : values[i]!);
    return text;
  };
  return {
    open: header ? `${names.join(separator)}\n` : '', between: '', close: '',
    packet: (cells) => {
      let line = '';
      for (let i = 0; i < cells.length; i++) {
        const values = cells[i]!;
        if (i > 0) line += separator;
        if (values.length > 0) line += all(values, occurrence === 'l' ? values.length - 1 : 0, occurrence === 'f' ? 1 : values.length, !plain[i]);
      }
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
