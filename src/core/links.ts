import { takeOrNote } from './act.ts';
import { append, incoming } from './apply.ts';
import { follow } from './consequences.ts';
import type { Heard, Incoming, Linking, LinkOutcome } from './effects.ts';
import type { Event, EventOf, Listens } from './events.ts';
import type { Values } from './fields.ts';
import { happening } from './happening.ts';
import type { Instant } from './instant.ts';
import { named, strandOf, withoutKind } from './instances.ts';
import { own } from './own.ts';
import type { Link, Passing } from './procedure.ts';
import type { RefusalCode } from './refusal.ts';
import { rulesOf } from './rules.ts';
import { type CaseState, isOpen, type LinkState } from './state.ts';

// Cases that are linked tell each other what happened, and each decides by its own procedure what follows. Neither
// waits for the other, and neither is kept open by it.

/** What the links that a step asks for want of the world. */
export const linkingsOf = (state: CaseState, events: readonly Event[]): Linking[] =>
  events.flatMap((e) => (e.type === 'link-asked' ? linking(state, e) : []));

function linking(state: CaseState, e: EventOf<'link-asked'>): Linking[] {
  const rule = own(state.procedure.links, e.link);
  if (!rule) return [];
  const common = { key: `link:${state.receipt}/${e.seq}`, receipt: state.receipt, link: e.key, relation: rule.relation, listens: listensOf(rule) };
  if (rule.opens === undefined) return [{ ...common, to: e.to ?? '' }];
  const { channel, petitioner } = rule;
  // A unit that a field was to name and did not is no unit, so that the link fails and says so.
  const unit = e.unit ?? (typeof rule.unit === 'string' ? state.unit : '');
  const excluded = Object.keys(state.excluded).flatMap((id) => (id.startsWith('unit:') ? [withoutKind(id)] : []));
  const above = e.unit === undefined && rule.unit === 'superior';
  return [{ ...common, opens: { procedure: rule.opens, unit, above, receivedAt: e.at, fields: { ...picked(state.facts, rule.hands), ...rule.sets }, petitioner, excluded, ...(channel === undefined ? {} : { channel }) } }];
}

/** What the other case is asked to tell: each thing that happens there, and the facts that are wanted with it. */
const listensOf = ({ hears }: Link): Listens => Object.fromEntries(Object.entries(hears).map(([on, { fields }]) => [on, Object.values(fields)]));

/** Facts under the names that somebody else has for them. */
const picked = (facts: Values, names: Readonly<Record<string, string>>): Values =>
  Object.fromEntries(Object.entries(names).flatMap(([theirs, ours]) => {
    const value = own(facts, ours);
    return value === undefined ? [] : [[theirs, value] as const];
  }));

/** Puts on the timeline what became of a link, and what follows from that. */
export function recordLink(state: CaseState, { link: key }: Pick<Linking, 'link'>, outcome: LinkOutcome, now: Instant, onto: Event[]): CaseState {
  const asked = own(state.links, key);
  if (asked?.link === undefined || asked.receipt !== undefined || asked.failed) return state;
  const { link, relation } = asked;
  const next = outcome.result === 'linked'
    ? append(state, { type: 'linked', at: now, key, receipt: outcome.receipt, relation }, now, onto)
    : append(state, { type: 'link-failed', at: now, key, link, reason: outcome.reason }, now, onto);
  if (next.closedAt !== undefined) return next;
  const [, ...suffix] = key.split('/');
  const name = suffix.length > 0 ? { name: suffix.join('/') } : {};
  return follow(next, `${link}.${outcome.result === 'linked' ? 'linked' : 'failed'}`, next.seq, now, now, onto, { ...name, fields: {} });
}

/** Another case has linked itself to this one. Twice is once. */
export function takeLink(state: CaseState, { from, key, relation, listens }: Incoming, now: Instant, onto: Event[]): CaseState {
  const name = incoming(from, key);
  if (state.links[name] || state.closedAt !== undefined) return state;
  return append(state, { type: 'linked', at: now, key: name, receipt: from, relation, from: true, listens }, now, onto);
}

/** What a step has to tell to linked cases, in order. What happened before a link stood is told when it does. */
export function tidingsOf(state: CaseState, timeline: readonly Event[], events: readonly Event[]): Heard[] {
  return events.flatMap((e) => [
    ...(e.type === 'linked' && e.from === undefined ? ontoNewLink(state, timeline, e) : []),
    ...Object.values(state.links).flatMap((link) => (link.receipt !== undefined && stoodAt(timeline, link, e) ? tiding(state, timeline, link, e, happening(state, e)) : [])),
  ]);
}

/** Whether a link stood when something happened. A case knows of what opened it from its first event. */
function stoodAt(timeline: readonly Event[], link: LinkState, e: Event): boolean {
  if (link.link === undefined) return e.seq >= link.asked;
  const linked = timeline.find((one) => one.type === 'linked' && one.key === link.key);
  return linked !== undefined && e.seq > linked.seq;
}

function ontoNewLink(state: CaseState, timeline: readonly Event[], e: EventOf<'linked'>): Heard[] {
  const link = own(state.links, e.key);
  if (!link) return [];
  const missed = timeline.filter((one) => one.seq > link.asked && one.seq < e.seq);
  return [...tiding(state, timeline, link, e, 'linked'), ...missed.flatMap((one) => tiding(state, timeline, link, one, happening(state, one)))];
}

/** One thing to tell to one linked case, where it is to hear of it; never to the case that it came from. */
function tiding(state: CaseState, timeline: readonly Event[], link: LinkState, e: Event, on: string | undefined): Heard[] {
  if (link.receipt === undefined || on === undefined || (e.type === 'acted' && e.by.case === link.receipt)) return [];
  const rule = own(state.procedure.links, link.link ?? '');
  if (!isMeant(state, link, e, rule?.each)) return [];
  const facts = e.type === 'acted' ? { ...state.facts, ...e.fields } : state.facts;
  const about = { to: link.receipt, from: state.receipt, key: `${state.receipt}/${e.seq}/${link.key}`, of: e.seq, at: e.at, on, hops: hopsTo(timeline, e) + 1, ...(link.link === undefined ? { link: link.key.slice(link.receipt.length + 1) } : {}) };
  const tells = own(rule?.tells ?? {}, on);
  if (tells) return [{ ...about, fields: picked(facts, tells.fields), act: { action: tells.act, ...(tells.by === undefined ? {} : { by: tells.by }) } }];
  const wanted = own(link.listens, on);
  return wanted ? [{ ...about, fields: picked(facts, Object.fromEntries(wanted.map((f) => [f, f]))) }] : [];
}

/** Through how many cases came what brought an event about. */
function hopsTo(timeline: readonly Event[], e: Event): number {
  const act = e.type === 'acted' ? e : 'cause' in e ? timeline.find((one) => one.seq === e.cause) : undefined;
  return act?.type === 'acted' && act.by.case !== undefined ? (act.by.hops ?? 1) : 0;
}

/** Beyond this, cases only answer each other. */
const FAR = 10;

/** Of several cases that one link stands for, those that the act names, or the one that it is about; all where it says nothing. */
function isMeant(state: CaseState, { link, key }: LinkState, e: Event, each: string | undefined): boolean {
  const strand = strandOf(key);
  if (link === undefined || strand === undefined) return true;
  const said = e.type === 'acted' && each !== undefined && e.fields[each] !== undefined ? named(state, each, e.fields).map(withoutKind) : undefined;
  const about = 'instance' in e && e.instance !== undefined && isOf(state, link, e.instance) ? strandOf(e.instance) : undefined;
  const all = Object.values(state.links).filter((l) => l.link === link);
  const wanted = said ?? (about !== undefined && all.some((l) => strandOf(l.key) === about) ? [about] : undefined);
  if (wanted === undefined) return true;
  // Referred there twice: the second time is meant.
  return wanted.includes(strand) && all.findLast((l) => strandOf(l.key) === strand && l.receipt !== undefined)?.key === key;
}

/** Whether an instance bears the name of a link of that rule. */
const isOf = (state: CaseState, link: string, instance: string): boolean => rulesOf(state.procedure).bears.get(link)?.has(own(state.duties, instance)?.duty ?? '') ?? false;

/** What a linked case has told: the action that follows is taken, or the timeline says why not. Never throws. */
export function hear(state: CaseState, heard: Heard, now: Instant, onto: Event[]): CaseState {
  const link = Object.values(state.links).find((l) => l.receipt === heard.from && (heard.act ? l.link === undefined : (heard.link === undefined || l.key === heard.link) && hearing(state, l, heard.on) !== undefined));
  const passing = link && hearing(state, link, heard.on);
  const action = heard.act?.action ?? passing?.act;
  if (!link || action === undefined) return state;
  const role = heard.act?.by ?? passing?.by ?? own(state.procedure.actions, action)?.by[0] ?? '';
  const fields = heard.act ? heard.fields : picked(heard.fields, passing?.fields ?? {});
  const hops = heard.hops ?? 1;
  if (hops > FAR) return append(state, { type: 'refused', at: now, action, by: { role, case: heard.from, hops }, code: 'loop' }, now, onto);
  const instance = aboutWhich(state, action, link);
  const act = { action, by: { role }, fields, key: heard.key, ...(instance === undefined ? {} : { instance }) };
  const from = { case: heard.from, hops };
  const events: Event[] = [];
  const taken = takeOrNote(state, { ...act, occurredAt: heard.at }, now, events, from);
  const [first] = events;
  // What happened there before it could count here counts from when it is heard.
  if (first?.type === 'refused' && TOO_EARLY.has(first.code)) return takeOrNote(state, act, now, onto, from);
  onto.push(...events);
  return taken;
}

const TOO_EARLY: ReadonlySet<string> = new Set<RefusalCode>(['before-its-turn', 'before-receipt']);

const hearing = (state: CaseState, { link }: LinkState, on: string): Passing | undefined => own(own(state.procedure.links, link ?? '')?.hears ?? {}, on);

/** Which of several instances is meant: the newest that is of the strand of the link, and best one that the action meets. */
function aboutWhich(state: CaseState, action: string, { key, link }: LinkState): string | undefined {
  const strand = strandOf(key);
  if (strand === undefined || link === undefined) return undefined;
  const { listens, which, bears } = rulesOf(state.procedure);
  const listening = new Set([listens, which].flatMap((rules) => rules.get(action) ?? []).map((l) => l.duty));
  const strands = Object.values(state.duties).filter((d) => strandOf(d.instance) === strand && bears.get(link)?.has(d.duty));
  const open = strands.filter(isOpen);
  // Where its own is settled already, what it says is about that one still, and about nobody else's.
  return (open.findLast((d) => listening.has(d.duty)) ?? strands.findLast((d) => listening.has(d.duty)) ?? open.at(-1))?.instance;
}
