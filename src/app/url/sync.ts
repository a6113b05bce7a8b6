// Keeps the address and the stores the same. Moving about replaces the entry in the browser's history, a real step adds one; going back,
// or another link typed into the bar, puts its view into the stores. What a link says of captures that are not open waits until they are.

import { create } from 'zustand';
import { listed } from '../../core/format/number.ts';
import { chosenSides } from '../compare/compare-run.ts';
import { STARTER_RULES } from '../rules/starter.ts';
import { useCaptures, type OpenCapture } from '../stores/captures.ts';
import { useCompare } from '../stores/compare.ts';
import { useDecodeAs } from '../stores/decode-as.ts';
import { useFilter } from '../stores/filter.ts';
import { goToStep, useLesson } from '../stores/lesson.ts';
import { ownMirrorOf, setMirror, useMirror } from '../stores/mirror.ts';
import { namesText, useLinkedNames } from '../stores/names.ts';
import { dismissNotice, notify, useNotice } from '../stores/notice.ts';
import { useReference } from '../stores/reference.ts';
import { useRules } from '../stores/rules.ts';
import { useSelection } from '../stores/selection.ts';
import { useSettings } from '../stores/settings.ts';
import { LEARN, useView } from '../stores/view.ts';
import { linkOf, write as writeLink, type LinkedCapture, type ViewLink } from './hash.ts';

/** What of a link is still to come: captures that it names and that are not open yet. */
export const useAwaited = create<{ readonly link: ViewLink | null }>()(() => ({ link: null }));

const idOf = (name: string | undefined): number | null => useCaptures.getState().captures.find((capture) => capture.name === name)?.id ?? null;
const nameOf = (id: number | null): string | undefined => useCaptures.getState().captures.find((capture) => capture.id === id)?.name;

/** A figure as people write it: milliseconds, parts per million. */
const scaled = (value: number | null | undefined, by: number): number | undefined => (value === null || value === undefined ? undefined : Number((value * by).toFixed(6)));

/** A part of a link, where there is something to say. */
const maybe = <K extends string, V>(key: K, value: V | undefined | null | ''): { [P in K]?: V } => (value === undefined || value === null || value === '' ? {} : { [key]: value }) as { [P in K]?: V };

/** The stores as a link. Without a capture there is only the reference to look at, or a lesson. */
function currentLink(): ViewLink {
  const { captures, shown } = useCaptures.getState();
  const { tab, sort } = useView.getState();
  const reference = maybe('reference', useReference.getState().at);
  if (tab === LEARN) return { tab, ...maybe('step', useLesson.getState().step), ...reference }; // a step says itself what it begins with
  if (captures.length === 0) return reference;
  const { packet, level, field } = useSelection.getState();
  const { vxlanDecoding, ips, ours, text, off } = useRules.getState();
  const { source, appliance, show: fate, points, clock } = useCompare.getState();
  const also = points.flatMap((id) => nameOf(id) ?? []);
  const mirror = ownMirrorOf(chosenSides().source);
  return {
    ...(captures.length > 0 ? { captures: captures.map(({ name, role }) => ({ name, role })) } : {}),
    ...maybe('show', captures.length > 1 ? nameOf(shown) : undefined), ...maybe('tab', tab === 'packets' ? '' : tab),
    ...maybe('packet', packet), ...(field === '' ? {} : { field, level }),
    ...maybe('filter', useFilter.getState().applied), ...maybe('sort', sort), ...(text === STARTER_RULES ? {} : { rules: text }),
    ...(vxlanDecoding ? {} : { decoding: false }), ...(ips ? { ips: true } : {}), ...(ours ? { ours: true } : {}), ...(off.length > 0 ? { off } : {}),
    ...maybe('source', nameOf(source)), ...maybe('appliance', nameOf(appliance)), ...maybe('fate', fate === 'All' ? '' : fate), ...(also.length > 0 ? { also } : {}),
    ...maybe('offset', scaled(clock?.offset, 1e3)), ...maybe('drift', scaled(clock?.drift, 1e6)), ...maybe('names', namesText()),
    ...(useDecodeAs.getState().rules.length > 0 ? { decode: useDecodeAs.getState().rules } : {}), ...(mirror === undefined ? {} : { mirror }), ...reference,
  };
}

/** What stands before the "#": where the open captures come from, as far as that is an address. */
function currentSearch(): string {
  if (useView.getState().tab === LEARN) return '';
  const origins = new Set(useCaptures.getState().captures.flatMap(({ origin }) => (origin ? [`${origin.key}=${encodeURIComponent(origin.value).replace(/%2F/g, '/').replace(/%3A/g, ':')}`] : [])));
  return origins.size === 0 ? '' : `?${[...origins].join('&')}`;
}

/** Two links that differ in one of these are a step apart, which "back" goes. */
const stepOf = ({ tab, step, show, filter, fate, sort, reference }: ViewLink): string => JSON.stringify([tab, step, show, filter, fate, sort, reference !== undefined]);

let lastStep: string | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

function write(): void {
  timer = undefined;
  const link = currentLink();
  const { hash, leftOut } = writeLink(link);
  tellLeftOut(leftOut);
  const address = `${location.pathname}${currentSearch()}${hash}`;
  if (address === location.pathname + location.search + location.hash) return;
  const step = stepOf(link);
  if (lastStep === null || step === lastStep) history.replaceState(null, '', address);
  else history.pushState(null, '', address);
  lastStep = step;
}

let told = '';

/** "The rules are too long …", '' where the address carries all. */
const leftOutText = (leftOut: readonly string[]): string => {
  const what = leftOut.join(' and ');
  return what === '' ? '' : `${what[0]!.toUpperCase()}${what.slice(1)} ${what === 'the filter' ? 'is' : 'are'} too long for a link: the address of this page opens the view without. Send ${what === 'the filter' ? 'it' : 'them'} along as a file.`;
};

/** Says what the address cannot carry; once, until it is something else. */
function tellLeftOut(leftOut: readonly string[]): void {
  const text = leftOutText(leftOut);
  if (text === told) return;
  if (useNotice.getState().text === told) dismissNotice();
  told = text;
  if (text !== '') notify(text);
}

/** The address of this view, brought up to date, and what whoever gets it has to know. */
export function addressToShare(): { readonly address: string; readonly toKnow: string } {
  clearTimeout(timer);
  write();
  const own = useCaptures.getState().captures.filter(({ origin }) => origin === null).map(({ name }) => name);
  const files = own.length === 0 ? '' : `Captures are not in it: whoever opens it is asked for ${listed(own.length > 3 ? [...own.slice(0, 3), `${own.length - 3} more`] : own)}.`;
  return { address: location.href, toKnow: [files, leftOutText(writeLink(currentLink()).leftOut)].filter(Boolean).join(' ') };
}

/** Soon, and once for many changes: browsers refuse a page that writes its address too often. Not while a link waits for its captures. */
function writeSoon(): void {
  if (useAwaited.getState().link === null) timer ??= setTimeout(write, 150);
}

/** The view of a capture, which is none before one is open: what it was opened with stays in the address until then. A lesson opens its own. */
function writeViewSoon(): void { if (useCaptures.getState().captures.length > 0 || useView.getState().tab === LEARN) writeSoon(); }

/** Puts into the stores what a link says of everything but captures, and waits for those. */
function applyLink(link: ViewLink): void {
  if (link.tab === LEARN) {
    useView.setState({ tab: LEARN });
    goToStep(link.step ?? null);
    lastStep = stepOf(link);
    return;
  }
  useView.setState({ tab: link.tab ?? 'packets', sort: link.sort ?? null });
  useFilter.setState({ draft: link.filter ?? '', wanted: link.filter ?? '', error: null });
  useRules.setState({ text: link.rules ?? STARTER_RULES, off: link.off ?? [], vxlanDecoding: link.decoding ?? true, ips: link.ips ?? false, ours: link.ours ?? false });
  useCompare.setState({ show: link.fate ?? 'All' });
  useDecodeAs.setState({ rules: link.decode ?? [] });
  useLinkedNames.setState({ text: link.names ?? null });
  useReference.setState({ at: link.reference ?? null });
  useSelection.setState({ packet: link.packet ?? null, level: link.level ?? 0, field: link.field ?? '' });
  useAwaited.setState({ link });
  meet(useCaptures.getState().captures);
}

/** The captures that a link's view is of. */
export const namesIn = ({ captures = [], show, source, appliance, also = [] }: ViewLink): Set<string> => new Set([...captures.map(({ name }) => name), ...also, ...[show, source, appliance].filter((name) => name !== undefined)]);

/** Gives open captures what the awaited link says of them; the link has done its part when all are there, or when somebody opens something else. */
function meet(captures: readonly OpenCapture[]): void {
  const { link } = useAwaited.getState();
  if (!link) return;
  const awaited = namesIn(link);
  const open = new Set(captures.map(({ name }) => name));
  const missing = [...awaited].filter((name) => !open.has(name));
  const listed = link.captures !== undefined; // a link that only says which to show or compare knows nothing of the others
  if (missing.length > 0 && (!listed || captures.every(({ name }) => awaited.has(name)))) return;
  useAwaited.setState({ link: null });
  const show = idOf(link.show);
  const roles = new Map((link.captures ?? []).map(({ name, role }: LinkedCapture) => [name, role]));
  useCaptures.setState((state) => ({
    shown: show ?? state.shown,
    captures: state.captures.map((capture) => { const role = roles.get(capture.name); return role ? { ...capture, role, roleChosen: true } : capture; }),
  }));
  useCompare.setState({
    source: idOf(link.source), appliance: idOf(link.appliance), points: (link.also ?? []).flatMap((name) => idOf(name) ?? []),
    clock: link.offset === undefined && link.drift === undefined ? null : { offset: link.offset === undefined ? null : link.offset / 1e3, drift: link.drift === undefined ? null : link.drift / 1e6, of: null },
  });
  const { source } = chosenSides();
  if (source) setMirror(source, link.mirror);
}

/** Reads the address once and follows it and the stores from then on. */
export function followAddress(): void {
  const link = linkOf(location.hash);
  if (Object.keys(link).length > 0) applyLink(link);
  window.addEventListener('popstate', () => { // also when a hash is typed into the bar
    clearTimeout(timer);
    timer = undefined;
    const gone = linkOf(location.hash);
    lastStep = stepOf(gone);
    applyLink(gone);
  });
  useCaptures.subscribe(({ captures }, before) => { if (captures.length > before.captures.length) meet(captures); });
  for (const store of [useCaptures, useView, useFilter, useSelection, useRules, useCompare, useMirror, useSettings, useLinkedNames, useLesson, useDecodeAs]) store.subscribe(writeViewSoon);
  useReference.subscribe((_, { at }) => {
    lastStep ??= stepOf(at === null ? {} : { reference: at }); // on the start page, too, "back" closes the reference
    writeSoon();
  });
}
