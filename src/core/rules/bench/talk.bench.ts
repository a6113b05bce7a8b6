// What the hosts of the bench's capture say: HTTP with text, TLS, lines of a protocol that is not read, DNS, QUIC, syslog and pings. Bytes come out of pools, so that writing costs little.

import { generator, type Random } from './random.bench.ts';
import type { Frame } from './pcap-file.bench.ts';

const MSS = 1348; // an inner frame that leaves room for the envelope in 1,500 bytes
const [FIN, SYN, PSH, ACK] = [0x01, 0x02, 0x08, 0x10];
const NONE = new Uint8Array(0);
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

const WORDS = 'the of and packet header field data server client request response error user session table column index value name type list item page link image style script content language version update remote local address port network service cloud region account order price total status public private token cache query result'.split(' ');

/** A megabyte of HTML, and one of noise as encrypted data is. */
function pools(random: Random): { text: Uint8Array; noise: Uint8Array } {
  let html = '';
  while (html.length < 1 << 20) {
    html += `<div class="${WORDS[random(WORDS.length)]!}-${random(100)}"><a href="/${WORDS[random(WORDS.length)]!}/${random(10_000)}.html">${Array.from({ length: 4 + random(20) }, () => WORDS[random(WORDS.length)]!).join(' ')}</a></div>\n`;
  }
  return { text: encode(html), noise: Uint8Array.from({ length: 1 << 20 }, () => random(256)) };
}

export class Talk {
  readonly #random = generator(4789);
  readonly #pools = pools(this.#random);

  #slice(pool: Uint8Array, size: number): Uint8Array {
    const from = this.#random(pool.length - size);
    return pool.subarray(from, from + size);
  }

  #word(): string { return WORDS[this.#random(WORDS.length)]!; }

  /** The packets of one conversation after another, without end; which one it is goes by share of packets: of TCP nearly three quarters. */
  *conversation(): Generator<Frame, void> {
    for (;;) {
      const kind = this.#random(100);
      if (kind < 12) yield* this.#http();
      else if (kind < 18) yield* this.#tls();
      else if (kind < 24) yield* this.#lines();
      else if (kind < 70) yield* this.#dns();
      else if (kind < 75) yield* this.#datagrams(443, 12 + this.#random(24), () => this.#slice(this.#pools.noise, 200 + this.#random(1050)));
      else if (kind < 85) yield* this.#datagrams(514, 4, () => encode(`<${this.#random(190)}>Nov 24 10:${10 + this.#random(50)}:07 ${this.#word()} ${this.#word()}[${this.#random(9999)}]: ${this.#word()} ${this.#word()} from 10.0.${this.#random(255)}.${this.#random(255)} port ${this.#random(60_000)}`));
      else yield* this.#pings();
    }
  }

  #ends(): { client: number; server: number; port: number } {
    return { client: 0x0a00_0000 + this.#random(4000), server: 0x5db8_d800 + this.#random(500), port: 32_768 + this.#random(28_000) };
  }

  /** A TCP session from its handshake to its end; each turn is what one side says. An acknowledgment follows every second segment. */
  *#session(serverPort: number, turns: Iterable<readonly [toServer: boolean, data: Uint8Array]>): Generator<Frame, void> {
    const { client, server, port } = this.#ends();
    const next = [this.#random(2 ** 32), this.#random(2 ** 32)]; // of the client, of the server
    const segment = (toServer: boolean, flags: number, payload: Uint8Array): Frame => {
      const mine = toServer ? 0 : 1;
      const frame: Frame = {
        protocol: 6, source: toServer ? client : server, destination: toServer ? server : client, sport: toServer ? port : serverPort, dport: toServer ? serverPort : port,
        seq: next[mine]!, ack: (flags & ACK) === 0 ? 0 : next[1 - mine]!, flags, payload,
      };
      next[mine] = (next[mine]! + payload.length + ((flags & (SYN | FIN)) !== 0 ? 1 : 0)) >>> 0;
      return frame;
    };
    yield segment(true, SYN, NONE);
    yield segment(false, SYN | ACK, NONE);
    yield segment(true, ACK, NONE);
    for (const [toServer, data] of turns) {
      let unanswered = 0;
      for (let at = 0; at < data.length; at += MSS) {
        yield segment(toServer, ACK | PSH, data.subarray(at, at + MSS));
        if (++unanswered % 2 === 0) yield segment(!toServer, ACK, NONE);
      }
      if (unanswered % 2 === 1) yield segment(!toServer, ACK, NONE);
    }
    yield segment(true, FIN | ACK, NONE);
    yield segment(false, FIN | ACK, NONE);
    yield segment(true, ACK, NONE);
  }

  #http(): Generator<Frame, void> {
    const turns: (readonly [boolean, Uint8Array])[] = [];
    for (let requests = 1 + this.#random(4); requests > 0; requests--) {
      const size = 500 + this.#random(12_000);
      turns.push([true, encode(`GET /${this.#word()}/${this.#word()}?${this.#word()}=${this.#random(1e6)}&id=${this.#random(1e6)} HTTP/1.1\r\nHost: ${this.#word()}.${this.#word()}.example\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:${100 + this.#random(40)}.0) Gecko/20100101\r\nAccept: text/html,application/xhtml+xml\r\nAccept-Language: en-US,en;q=0.5\r\nAccept-Encoding: identity\r\nCookie: session=${this.#random(2 ** 32).toString(16)}${this.#random(2 ** 32).toString(16)}\r\nConnection: keep-alive\r\n\r\n`)]);
      const head = encode(`HTTP/1.1 200 OK\r\nDate: Mon, 24 Nov 2025 10:00:00 GMT\r\nServer: nginx\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: ${size}\r\nConnection: keep-alive\r\n\r\n`);
      const answer = new Uint8Array(head.length + size);
      answer.set(head);
      answer.set(this.#slice(this.#pools.text, size), head.length);
      turns.push([false, answer]);
    }
    return this.#session(80, turns);
  }

  /** Hellos as records of TLS 1.2 with noise for their bodies' ends, then encrypted records. */
  #tls(): Generator<Frame, void> {
    const record = (type: number, body: Uint8Array): Uint8Array => Uint8Array.of(type, 3, 3, body.length >> 8, body.length & 255, ...body);
    const hello = (type: number): Uint8Array => {
      const rest = type === 1 ? [0, 0, 4, 0x13, 0x01, 0xc0, 0x2f, 1, 0, 0, 0] : [0, 0xc0, 0x2f, 0, 0, 0];
      const body = Uint8Array.of(3, 3, ...this.#slice(this.#pools.noise, 32), ...rest);
      return record(0x16, Uint8Array.of(type, 0, 0, body.length, ...body));
    };
    const turns: (readonly [boolean, Uint8Array])[] = [[true, hello(1)], [false, hello(2)]];
    for (let records = 2 + this.#random(5); records > 0; records--) turns.push([records % 2 === 0, record(0x17, this.#slice(this.#pools.noise, 300 + this.#random(12_000)))]);
    return this.#session(443, turns);
  }

  /** Commands and answers in lines, on a port of no protocol that is read. */
  #lines(): Generator<Frame, void> {
    const turns: (readonly [boolean, Uint8Array])[] = [];
    for (let i = 3 + this.#random(20); i > 0; i--) turns.push([true, encode(`SET ${this.#word()}:${this.#random(1e6)} ${this.#word()}\r\n`)], [false, this.#slice(this.#pools.text, 20 + this.#random(1200))]);
    return this.#session(6379, turns);
  }

  *#dns(): Generator<Frame, void> {
    const { client, server, port } = this.#ends();
    const labels = [this.#word(), `${this.#word()}${this.#random(100)}`, 'example'];
    const name = [...labels.flatMap((label) => [label.length, ...encode(label)]), 0];
    const id = this.#random(65_536);
    const question = [...name, 0, 1, 0, 1];
    yield { protocol: 17, source: client, destination: server, sport: port, dport: 53, seq: 0, ack: 0, flags: 0, payload: Uint8Array.of(id >> 8, id & 255, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, ...question) };
    const answer = [0xc0, 12, 0, 1, 0, 1, 0, 0, 1, 44, 0, 4, 93, 184, this.#random(256), this.#random(256)];
    yield { protocol: 17, source: server, destination: client, sport: 53, dport: port, seq: 0, ack: 0, flags: 0, payload: Uint8Array.of(id >> 8, id & 255, 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0, ...question, ...answer) };
  }

  *#datagrams(serverPort: number, count: number, payload: () => Uint8Array): Generator<Frame, void> {
    const { client, server, port } = this.#ends();
    for (let i = 0; i < count; i++) yield { protocol: 17, source: client, destination: server, sport: port, dport: serverPort, seq: 0, ack: 0, flags: 0, payload: payload() };
  }

  *#pings(): Generator<Frame, void> {
    const { client, server } = this.#ends();
    const payload = this.#slice(this.#pools.noise, 56);
    const ident = this.#random(65_536);
    for (let seq = 1; seq <= 4; seq++) {
      yield { protocol: 1, source: client, destination: server, sport: 0x0800, dport: ident, seq, ack: 0, flags: 0, payload };
      yield { protocol: 1, source: server, destination: client, sport: 0, dport: ident, seq, ack: 0, flags: 0, payload };
    }
  }
}
