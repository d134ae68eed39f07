import * as core from '../../src/core/index.ts';
import { filled, hash } from './walk-fields.ts';
import type { Model } from './walk-model.ts';
import { must } from './walk-must.ts';
import { reasonsAgainst, strandOf, touches, type Wanted } from './walk-rules.ts';
import { goOn, tickAt, type World } from './walk-world.ts';

// The linked cases of a walk: they are opened or not, hear what is told to them, and have something to say.

/** What a linked case may want of this procedure: taken from the links of every procedure that opens it. */
export type Told = core.Procedure['links'][string]['tells'][string];

/** What becomes of the links that were asked for. */
export function answer(m: Model, w: World, seed: number): void {
  const fresh = w.events.slice(w.linked);
  for (const one of core.tidingsOf(w.state, w.events, fresh)) {
    must(!w.ledger.told.has(one.key), () => `told twice: ${one.key} ${one.on}`);
    must(Object.values(w.state.links).some((l) => l.receipt === one.to), () => `told to ${one.to}, which is not linked`);
    w.ledger.told.add(one.key);
  }
  w.asked.push(...core.linkingsOf(w.state, fresh));
  w.linked = w.events.length;
  for (const [i, linking] of w.asked.splice(0).entries()) {
    const n = hash(seed, i);
    if (n % 4 === 0) {
      w.asked.push(linking);
      continue;
    }
    const outcome: core.LinkOutcome = n % 4 === 1 ? { result: 'failed', reason: 'no-such-case' } : { result: 'linked', receipt: linking.to === undefined || linking.to === '' ? `RX-${w.events.length}-${i}` : linking.to };
    for (const times of [1, 2]) {
      const onto: core.Event[] = [];
      const next = core.recordLink(w.state, linking, outcome, w.now, onto);
      if (times === 2) must(onto.length === 0, () => `the link ${linking.link} was answered twice`);
      else goOn(m, w, next, onto);
    }
  }
}

/** Another case links itself to this one. */
export function incoming(m: Model, w: World, n: number): void {
  const onto: core.Event[] = [];
  goOn(m, w, core.takeLink(w.state, { from: `RI-${n % 3}`, key: 'theirs', relation: 'part', listens: {} }, w.now, onto), onto);
}

/** Something happens in a linked case, of which this one hears: what follows is taken if it may be, and noted if not. */
export function hear(m: Model, w: World, from: readonly Told[], seed: number, late: number, log: (text: string) => void): void {
  tickAt(m, w, w.now);
  const said = m.closed ? undefined : tidings(w, from, seed);
  if (!said) return;
  const { link, on, passing, told } = said;
  const rule = w.procedure.actions[passing.act];
  must(rule !== undefined, () => `a linked case makes this one do ${passing.act}, which is no action of ${w.procedure.id}`);
  const ours = filled(rule?.fields ?? {}, seed, core.localDay(w.calendar, w.now), Object.keys(w.procedure.roles));
  // They tell their facts under their own names, and what they want done under ours.
  const fields = Object.fromEntries(Object.entries(passing.fields).flatMap(([field, fact]) => (ours[field] === undefined ? [] : [[told ? field : fact, ours[field]] as const])));
  const at = core.instantOf(Math.max(core.msOf(w.state.receivedAt), core.msOf(w.now) - late * core.MINUTE));
  w.heard += 1;
  const heard: core.Heard = {
    to: 'W', from: link.receipt, key: `heard/${w.heard}`, of: w.heard, at, on, fields,
    ...(told ? { act: { action: passing.act, ...(passing.by === undefined ? {} : { by: passing.by }) } } : {}),
  };
  const act: Wanted = {
    action: passing.act, by: { role: passing.by ?? rule?.by[0] ?? '' }, occurredAt: at, from: link.receipt,
    fields: told ? fields : Object.fromEntries(Object.entries(passing.fields).flatMap(([field, fact]) => (fields[fact] === undefined ? [] : [[field, fields[fact]] as const]))),
  };
  // What is heard from one of many is about the newest of its strand, and best about one that the action touches.
  const strand = strandOf(link.key);
  const { duties } = w.procedure;
  const strands = Object.values(w.state.duties).filter((d) => strand !== undefined && strandOf(d.instance) === strand && duties[d.duty]?.each && bears(w.procedure, link.link ?? '', d.duty));
  const open = strands.filter((d) => core.isOpen(d));
  const concerned = (d: core.DutyState): boolean => touches(duties[d.duty], act.action) || rule?.about.includes(d.duty) === true;
  const about = open.findLast(concerned) ?? strands.findLast(concerned) ?? open.at(-1);
  const against = (when: core.Instant): string[] => reasonsAgainst(m, Object.values(w.state.duties), about ? { ...act, instance: about.instance } : act, when, w.now);
  // What happened there too early to count here counts from when it is heard.
  const then = against(at);
  const reasons = then.length > 0 && then.every((r) => r.startsWith('before ')) ? against(w.now) : then;
  log(`heard from ${link.key}: ${act.action} as ${act.by.role} ${JSON.stringify(act.fields)} at ${at}`);
  const onto: core.Event[] = [];
  const next = core.hear(w.state, heard, w.now, onto);
  const refused = onto.find((e) => e.type === 'refused');
  must(onto.some((e) => e.type === 'acted') === (reasons.length === 0), () => `heard "${on}" from ${link.key}, so ${JSON.stringify(act)} ${refused ? `was refused (${refused.code} ${refused.field ?? ''})` : 'was taken'}; against it speaks: ${reasons.join(', ') || 'nothing'}`);
  must(onto.length > 0, () => `what was heard from ${link.key} left nothing on the timeline`);
  goOn(m, w, next, onto);
  const again: core.Event[] = [];
  core.hear(w.state, heard, w.now, again);
  must(refused !== undefined || again.length === 0, () => 'what was heard twice was done twice');
}

/** Whether what a duty is numbered by is a link: it goes to units, it started the duty, or what it started did. */
function bears(p: core.Procedure, link: string, duty: string, seen: readonly string[] = []): boolean {
  if (p.links[link] === undefined || seen.includes(duty)) return false;
  if (p.links[link].each !== undefined) return true;
  return (p.duties[duty]?.starts ?? []).some(({ on }) =>
    [`${link}.linked`, `${link}.failed`].includes(on) ||
    Object.entries(p.duties).some(([name, d]) => name !== duty && d.each && (on.split('.')[0] === name || d.met.some((m) => m.by === on)) && bears(p, link, name, [...seen, duty])));
}

interface Said {
  readonly link: core.LinkState & { readonly receipt: string };
  readonly on: string;
  readonly passing: Told;
  /** Whether the other case says what is to be done here, rather than what has happened there. */
  readonly told: boolean;
}

/** One thing that one of the linked cases may have to say. */
function tidings(w: World, from: readonly Told[], seed: number): Said | undefined {
  const all = Object.values(w.state.links).flatMap((l): Said[] => {
    if (l.receipt === undefined) return [];
    const link = { ...l, receipt: l.receipt };
    if (l.link === undefined) return from.map((passing) => ({ link, on: 'there', passing, told: true }));
    return Object.entries(w.procedure.links[l.link]?.hears ?? {}).map(([on, passing]) => ({ link, on, passing, told: false }));
  });
  // One case may be linked twice; it is then heard by the first link that listens.
  const clear = all.filter((s, i) => i === all.findIndex((x) => x.link.receipt === s.link.receipt && x.on === s.on && x.told === s.told) || s.told);
  return clear[seed % Math.max(1, clear.length)];
}
