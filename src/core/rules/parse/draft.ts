import type { Absence, BufferChain, Part, RuleBuffer } from '../match/chain.ts';
import { MAX_VARIABLES } from '../match/chain.ts';
import { ELSEWHERE, PAYLOAD } from '../match/buffers.ts';
import type { Ask } from '../app-layer/ask.ts';
import type { Option } from './options.ts';
import { RuleError } from '../rule-error.ts';
import type { Condition, Metadata, Reference } from '../signature.ts';
import { type Transform, transformed } from '../transforms/transform.ts';
import type { Tag } from '../state/tags.ts';
import type { Threshold } from '../state/thresholds.ts';
import type { RuleClass } from './classes.ts';
import type { PacketView } from '../packet/packet-view.ts';
import type { ContentDraft } from '../keywords/content.ts';

/** What rules remember from packet to packet, in the order in which Suricata sorts rules by it (detect-engine-sigorder.c). */
const REMEMBERED = ['flow bits', 'flow integers', 'host bits', 'pair bits'] as const;
export type Remembered = (typeof REMEMBERED)[number];

/** A rule while its options are read; keywords add to it. */
export class RuleDraft {
  msg = '';
  sid = 0;
  gid = 1;
  rev = 0;
  classtype = '';
  ruleClass: RuleClass | null = null;
  priority: number | null = null;
  target: '' | 'src_ip' | 'dest_ip' = '';
  noalert = false;
  alert = false;
  /** The rule looks at its flow, so Suricata evaluates it packet by packet. */
  usesFlow = false;
  direction: '' | 'to_server' | 'to_client' = '';
  packetOnly = false;
  streamOnly = false;
  threshold: Threshold | null = null;
  readonly tags: Tag[] = [];
  readonly #uses = new Map<Remembered, Set<'set' | 'read'>>();
  /** What is remembered that the rule sets or tests, by kind and name. */
  readonly touches = new Set<string>();
  readonly flowbitCommands = new Map<string, readonly string[]>();
  /** What a match does. */
  readonly effects: ((p: PacketView) => void)[] = [];
  readonly references: Reference[] = [];
  readonly metadata: Metadata[] = [];
  readonly conditions: Condition[] = [];
  readonly #chains: { buffer: RuleBuffer; absence: Absence; parts: (Part | ContentDraft)[] }[] = [];
  readonly #variables: string[] = [];
  #buffer: RuleBuffer = PAYLOAD;
  #unevaluated = '';
  #lastContent: { content: ContentDraft; buffer: RuleBuffer; moved: boolean } | null = null;
  /** Buffer that a keyword opened and that nothing looks at yet: Suricata refuses a rule that ends so. */
  #open: { buffer: RuleBuffer; at: number } | null = null;

  get unevaluated(): string { return this.#unevaluated; }

  /** Says why the rule is not evaluated; the first reason stays. */
  cannot(why: string): void { if (this.#unevaluated === '') this.#unevaluated = why; }

  /** What follows looks at this buffer. */
  stick(buffer: RuleBuffer, at: number): void {
    this.#buffer = buffer;
    this.#open = buffer === PAYLOAD || buffer === ELSEWHERE ? null : { buffer, at };
  }

  /** Notes that the rule sets or tests something that is remembered, under one of these names. */
  uses(what: Remembered, how: 'set' | 'read', names: readonly string[]): void {
    this.#uses.set(what, (this.#uses.get(what) ?? new Set()).add(how));
    for (const name of names) this.touches.add(`${what} ${name}`);
  }

  /** For each thing: 0 for a rule that sets it, 1 that sets and tests it, 2 that tests it, 3 for others. */
  order(): number[] {
    return REMEMBERED.map((what) => {
      const uses = this.#uses.get(what);
      if (uses === undefined) return 3;
      return uses.has('set') ? (uses.has('read') ? 1 : 0) : 2;
    });
  }

  /** A keyword that is not evaluated here looks at the current buffer. */
  lookElsewhere(): void { this.#open = null; }

  get hasChains(): boolean { return this.#chains.length > 0; }
  hasChain(buffer: RuleBuffer): boolean { return this.#chains.some((chain) => chain.buffer === buffer); }
  /** What its conditions and buffers ask of transactions. */
  asks(): Ask[] { return [...this.conditions, ...this.#chains.map(({ buffer }) => buffer)].flatMap(({ ask }) => ask ?? []); }
  /** Whether it looks at a buffer that is a packet's header. */
  get looksAtHeaders(): boolean { return this.#chains.some(({ buffer }) => buffer.ofPacket === true); }
  /** Whether a content of the payload stands at a fixed place. */
  get anchored(): boolean {
    return this.#chains.some(({ buffer, parts }) => buffer === PAYLOAD && parts.some((part) => 'pattern' in part && (part.offset !== null || part.depth !== null || part.startswith)));
  }

  /** What follows looks at the current buffer after a change. */
  transform(name: string, change: Transform, at: number, length: number): void {
    if (this.#buffer === ELSEWHERE) return;
    if (this.#buffer === PAYLOAD) throw new RuleError(`“${name}” has no buffer before it to change`, at, length, 'Write a buffer first, as http.uri.');
    this.stick(transformed(this.#buffer, name, change), at);
  }

  get buffer(): RuleBuffer { return this.#buffer; }

  /** Adds a part to the current buffer's chain. */
  part(part: Part | ContentDraft): void {
    this.#open = null;
    if ('pattern' in part) this.#lastContent = { content: part, buffer: this.#buffer, moved: false };
    this.#chain(this.#buffer).parts.push(part);
  }

  /** Adds a part to another buffer's chain; the current buffer stays. */
  partIn(buffer: RuleBuffer, part: Part | ContentDraft): void {
    if ('pattern' in part) this.#lastContent = { content: part, buffer, moved: true };
    this.#chain(buffer).parts.push(part);
  }

  /** Moves the content before an older keyword to the buffer that the keyword names. */
  moveContent(buffer: RuleBuffer, { name, at, source }: Option): void {
    const content = this.lastContent(name, at, source.length);
    const from = this.#chains.findIndex(({ parts }) => parts.includes(content));
    const chain = this.#chains[from]!;
    chain.parts.splice(chain.parts.indexOf(content), 1);
    if (chain.parts.length === 0 && chain.absence === 'no match') this.#chains.splice(from, 1);
    content.sources.push(name);
    this.partIn(buffer, content);
  }

  /** A buffer's chain. */
  #chain(buffer: RuleBuffer): { buffer: RuleBuffer; absence: Absence; parts: (Part | ContentDraft)[] } {
    const known = this.#chains.find((chain) => chain.buffer === buffer);
    if (known !== undefined) return known;
    const chain = { buffer, absence: 'no match' as Absence, parts: [] };
    this.#chains.push(chain);
    return chain;
  }

  /** Whether anything is looked for in the current buffer yet, and that its absence is asked for. */
  get looked(): boolean { return this.#chains.some((chain) => chain.buffer === this.#buffer); }
  absent(absence: Absence): void {
    this.#open = null;
    this.#chain(this.#buffer).absence = absence;
  }

  /** A content of a buffer that is not read here, for the modifiers that follow it; the current buffer stays. */
  elsewhere(content: ContentDraft): void {
    const buffer = this.#buffer;
    this.#buffer = ELSEWHERE;
    this.part(content);
    this.#buffer = buffer;
  }

  /** The content that a modifier belongs to: the last one, which must be of the current buffer. */
  lastContent(keyword: string, at: number, length: number): ContentDraft {
    const last = this.#lastContent;
    if (last !== null && (last.buffer === this.#buffer || last.moved || last.buffer === ELSEWHERE)) return last.content;
    throw new RuleError(`“${keyword}” has no content before it`, at, length, `Write content:"…"; before ${keyword}.`);
  }

  /** Names a variable that byte_extract or byte_math fills; answers its place. */
  define(name: string, at: number): number {
    const known = this.#variables.indexOf(name);
    if (known >= 0) return known;
    if (this.#variables.length === MAX_VARIABLES) throw new RuleError(`A rule may have ${MAX_VARIABLES} variables`, at, name.length, 'Take some out.');
    return this.#variables.push(name) - 1;
  }

  /** The place of a variable, -1 when no part before defined it. */
  variable(name: string): number { return this.#variables.indexOf(name); }
  variableNames(): readonly string[] { return this.#variables; }

  chains(): BufferChain[] {
    if (this.#open !== null) throw new RuleError(`Nothing is looked for in “${this.#open.buffer.name}”`, this.#open.at, this.#open.buffer.name.length, 'Write a content after it.');
    return this.#chains.map(({ buffer, absence, parts }) => ({ buffer, absence, parts: parts.map((part) => ('finish' in part ? part.finish() : part)) }));
  }
}
