import { APP_BUFFERS } from '../app-layer/all-buffers.ts';
import type { Way } from '../app-layer/ask.ts';
import type { AppBuffer } from '../app-layer/buffer.ts';
import { RuleError } from '../rule-error.ts';
import type { Keyword } from './keyword.ts';

// The buffers of HTTP, DNS and TLS: each is a sticky buffer by its dotted name, and some also by an older name that moves the content before it.

/** Older names that move the content before them and leave what follows where it was (rules/http-keywords.rst). */
const MODIFIERS: ReadonlySet<string> = new Set(
  'http_uri http_raw_uri http_header http_raw_header http_method http_user_agent http_host http_raw_host http_cookie http_client_body http_server_body http_stat_code http_stat_msg'.split(' '),
);

const WAYS: ReadonlyMap<string, Way> = new Map([['to_server', 'to server'], ['to_client', 'to client']]);

function sticky(buffer: AppBuffer): Keyword {
  const names = buffer.names.filter((name) => !MODIFIERS.has(name));
  const [name = '', ...others] = names;
  const both = buffer.ask.way === 'both';
  return {
    names: [name, ...others], summary: `What follows looks at ${buffer.label}.`, form: both ? `${name}; or ${name}:to_server|to_client;` : `${name};`, value: both ? 'optional' : 'none',
    read(option, rule) {
      // Named again, one of several means another one of them, so that it gets a chain of its own.
      if (option.value === null) { rule.stick(buffer.several && rule.hasChain(buffer) ? { ...buffer } : buffer, option.at); return; }
      const way = WAYS.get(option.value.trim());
      if (way === undefined) throw new RuleError(`“${option.value}” has no meaning in ${option.name}`, option.valueAt, Math.max(1, option.value.length), 'Write to_server or to_client.');
      rule.stick(buffer.onSide(way), option.at);
    },
  };
}

const modifier = (buffer: AppBuffer, name: string): Keyword => ({
  names: [name], summary: `The content before it is looked for in ${buffer.label}.`, form: `${name};`, value: 'none',
  read(option, rule) { rule.moveContent(buffer, option); },
});

export const appBufferKeywords: readonly Keyword[] = APP_BUFFERS.flatMap((buffer) => [sticky(buffer), ...buffer.names.filter((name) => MODIFIERS.has(name)).map((name) => modifier(buffer, name))]);
