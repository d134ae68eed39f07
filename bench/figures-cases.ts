import * as core from '../src/core/index.ts';
import type { Intake } from '../src/register/index.ts';
import { loadCalendar } from '../src/calendars/load.ts';
import { loadProcedure } from '../src/procedures/load.ts';
import { receiptOf } from '../src/receipts.ts';
import { phrase, random } from './figures-words.ts';

/** A case as the core told it, and what came with it. */
export interface MadeCase {
  readonly intake: Intake;
  readonly state: core.CaseState;
  readonly events: readonly core.Event[];
}

export interface Making {
  readonly cases: number;
  readonly seed?: number;
  /** Cases are received from here on, and left where they stand at the end. */
  readonly from: core.Instant;
  readonly until: core.Instant;
  /** Shares of steps: dates put right afterwards, things told some days late, and an hour or more without the system. */
  readonly corrected?: number;
  readonly toldLate?: number;
  readonly away?: number;
  /** Of steps that bring on nothing that is owed: extensions, reviews, promises, clocks stopped. Above 1 they are all that is done. */
  readonly aside?: number;
  /** All on this one; else four in five on the main line, and the others. */
  readonly procedure?: string;
}

const UNITS = ['street', 'civil-affairs', 'urban', 'letters', 'north', 'south'] as const;
const PERSONS = 6;
/** Days between two steps: half of them within a week, one in ten after three or more. */
const [TYPICAL_DAYS, SPREAD_OF_DAYS] = [6, 1.1];
const MOST_STEPS = 60;
/** What brings a case on; the rest is done now and then. */
const USUAL = /^(propose|approve|accept|decline|refer|issue|serve|archive|answer|refuse|reply|extend|keep-promise|report-back|clarified|pay-fee|evaluate|mend-notice|acknowledge|take-over|decide|final|follow|first|end-hearing|give-up|close)/;
/** A major matter that nobody reports on is raised every hour for ever. */
const NEVER: ReadonlySet<string> = new Set(['mark-major', 'first-report', 'follow-up-report', 'final-report']);

const zh = (text: string) => ({ zh: text, en: text });

/** What figures are broken down by and not every procedure asks for: a category, an evaluation with its window, a named leader. */
export function counted(p: core.Procedure): core.Procedure {
  const petitioner = Object.entries(p.roles).find(([, r]) => r.outside)?.[0] ?? 'petitioner';
  const finishing = p.statistics?.finished.flatMap((duty) => p.duties[duty]?.met.map((m) => m.by) ?? []) ?? [];
  const [ladder = 'line'] = Object.keys(p.ladders);
  const top = p.ladders[ladder]?.at(-1)?.tell ?? 'nobody';
  const from = Object.keys(p.stages);
  return {
    ...p,
    roles: { 'responsible-leader': { title: zh('包案领导'), outside: false, byAppointment: true }, ...p.roles },
    intake: { ...core.Fields.parse({ category: { kind: 'choice', choices: ['land', 'labour', 'housing'], optional: true } }), ...p.intake },
    actions: {
      lead: core.Action.parse({ title: zh('包案'), by: top, from, appoints: { 'responsible-leader': 'by' } }),
      'give-up': core.Action.parse({ title: zh('不再包案'), by: top, from, relieves: 'responsible-leader' }),
      reclassify: core.Action.parse({ title: zh('改分类'), by: p.corrects[0], from, fields: { category: [...(p.intake['category']?.choices ?? ['land', 'labour', 'housing'])] } }),
      evaluate: core.Action.parse({ title: zh('评价'), by: petitioner, from, fields: { satisfaction: ['satisfied', 'basically-satisfied', 'dissatisfied'] } }),
      ...p.actions,
    },
    duties: {
      ...p.duties,
      ...(p.duties['lead'] ? { lead: { ...p.duties['lead'], ends: [...p.duties['lead'].ends, 'give-up'] } } : {}),
      'may-evaluate': core.Duty.parse({ title: zh('评价'), owes: petitioner, starts: finishing, limit: '30 calendar days', met: 'evaluate', expiry: 'lapses', cite: { source: Object.keys(p.sources)[0], article: '-', confirmed: false } }),
    },
  };
}

/** Cases as offices have them: most on time, some late, extended, corrected, reviewed, each from its first event to `until`. */
export function* makeCases(making: Making): Generator<MadeCase> {
  const next = random(making.seed ?? 1);
  const ids = making.procedure === undefined ? ['xinfang-2022', 'company-complaint', 'uk-foi-2000'] : [making.procedure];
  const procedures = ids.map((id) => counted(loadProcedure(id)));
  for (let i = 1; i <= making.cases; i += 1) {
    const draw = next();
    const procedure = procedures[draw < 0.8 ? 0 : draw < 0.9 ? 1 : 2] ?? procedures[0];
    if (procedure) yield makeCase(making, procedure, i, next);
  }
}

function makeCase(making: Making, procedure: core.Procedure, i: number, next: () => number): MadeCase {
  const calendar = loadCalendar(procedure.calendar);
  const [first, last] = [core.msOf(making.from), core.msOf(making.until)];
  const received = core.instantOf(first + Math.floor(next() * (last - first)));
  const key = `made-${making.seed ?? 1}-${i}`;
  const receipt = receiptOf(key);
  const pick = <T>(of: readonly T[]): T | undefined => of[Math.floor(next() * of.length)];
  const intake = core.Intake.parse({
    receipt, channel: pick(Object.keys(procedure.channels)), unit: pick(UNITS),
    fields: {
      ...(next() < 0.9 ? { category: pick(procedure.intake['category']?.choices ?? []) } : {}),
      ...(procedure.intake['origin'] && next() < 0.4 ? { origin: pick(['referred', 'assigned']) } : {}),
      ...(procedure.intake['addressKnown'] && next() < 0.1 ? { addressKnown: false } : {}),
    },
  });
  const opened = core.open(procedure, calendar, intake, received);
  if (core.isRefusal(opened)) throw new Error(opened.text.en);
  const made: Working = { state: opened.state, events: [...opened.events], told: 0 };
  tellAll(made, next);
  let now = received;
  for (let step = 0; step < MOST_STEPS && made.state.closedAt === undefined; step += 1) {
    const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
    now = core.instantOf(core.msOf(now) + Math.exp(Math.log(TYPICAL_DAYS) + SPREAD_OF_DAYS * normal) * core.DAY_MS);
    if (now > making.until) break;
    pass(made, now, next() < (making.away ?? 0.1), next);
    const taken = core.act(made.state, chosen(made.state, making, now, next), now);
    if (core.isRefusal(taken)) continue;
    made.state = taken.state;
    made.events.push(...taken.events);
    tellAll(made, next);
  }
  pass(made, making.until, false, next);
  const summary = `${phrase(next, 5 + Math.floor(next() * 30))}。`;
  const contact = { name: `信访人${i}`, phone: `555${String(1_000_000 + Math.floor(next() * 9_000_000))}`, address: `${phrase(next, 2)}${Math.floor(next() * 300)}号` };
  return { intake: { receipt, key, contact, summary }, state: made.state, events: made.events };
}

interface Working {
  state: core.CaseState;
  readonly events: core.Event[];
  /** Events whose notices have gone out. */
  told: number;
}

/** Time goes by, each clock ringing on time; or, while the system is away, all at its end. */
function pass(made: Working, to: core.Instant, away: boolean, next: () => number): void {
  for (let ring = core.nextInstant(made.state); !away && ring !== undefined && ring <= to; ring = core.nextInstant(made.state)) {
    made.state = core.tick(made.state, ring, made.events);
    tellAll(made, next);
  }
  made.state = core.tick(made.state, to, made.events);
  tellAll(made, next);
}

/** The notices of the last step, of which some find nobody, and some find somebody else. */
function tellAll(made: Working, next: () => number): void {
  const fresh = made.events.slice(made.told);
  made.told = made.events.length;
  if (made.state.closedAt !== undefined) return;
  for (const notice of core.noticesOf(made.state, fresh)) {
    const passed = next() < 0.08 && !notice.outside ? [{ role: notice.role, why: next() < 0.5 ? 'vacant' as const : 'on-leave' as const, person: 'officer-z' }] : [];
    const [onward] = notice.onward;
    const outcome = core.Outcome.parse(next() < 0.01 ? { key: notice.key, result: 'failed', reason: 'address-refused' } : {
      key: notice.key, result: 'sent', channel: 'log', passed,
      ...(notice.outside ? {} : { person: `officer-${Math.floor(next() * PERSONS)}`, as: 'holder' }),
      ...(passed.length > 0 && onward !== undefined ? { role: onward } : {}),
    });
    made.state = core.record(made.state, notice, outcome, core.instantOf(Date.parse(made.events.at(-1)?.recordedAt ?? '')), made.events);
  }
  made.told = made.events.length;
}

function chosen(state: core.CaseState, making: Making, now: core.Instant, next: () => number): core.ActInput {
  const pick = <T>(of: readonly T[]): T | undefined => of[Math.floor(next() * of.length)];
  const late = next() < (making.toldLate ?? 0.15) ? Math.floor(next() * 6 * core.DAY_MS) : 0;
  const at = core.instantOf(Math.max(core.msOf(state.receivedAt), core.msOf(now) - late));
  if (next() < (making.corrected ?? 0.05)) {
    const moved = core.instantOf(core.msOf(now) - Math.floor(next() * 20 * core.DAY_MS));
    return { action: 'correct', by: { role: state.procedure.corrects[0] ?? 'nobody' }, occurredAt: moved, fields: { of: Number(pick(Object.keys(state.times)) ?? 1), reason: phrase(next, 2) } };
  }
  const names = core.allowedNow(state).filter((name) => !NEVER.has(name) && (USUAL.test(name) || next() < (making.aside ?? 0.1) / 5));
  const owed = Object.values(state.duties).filter((d) => d.status === 'open').map((d) => state.procedure.duties[d.duty]);
  const due = names.filter((name) => owed.some((d) => d?.met.some((m) => m.by === name) || d?.ends.includes(name)));
  const action = pick(next() >= (making.aside ?? 0.1) && due.length > 0 ? due : names) ?? 'none';
  const rule = state.procedure.actions[action];
  const day = core.dayOf(core.localDay(state.calendar, now) + 5 + Math.floor(next() * 30));
  const mending = Object.values(state.duties).find((d) => core.isOpen(d) && d.duty !== d.instance && state.procedure.duties[d.duty]?.met.some((m) => m.by === action))?.instance;
  return {
    action, occurredAt: at,
    by: { role: pick(rule?.by ?? []) ?? 'nobody', person: `officer-${Math.floor(next() * PERSONS)}` },
    fields: rule ? filled(rule.fields, day, next) : {},
    ...(mending === undefined ? {} : { instance: mending }),
  };
}

/** Something in every field that an action needs. */
function filled(fields: core.Fields, day: string, next: () => number): Record<string, core.FieldValue> {
  const out: Record<string, core.FieldValue> = {};
  for (const [name, f] of Object.entries(fields))
    if (f.kind === 'choice') out[name] = f.choices?.[Math.floor(next() * f.choices.length)] ?? '';
    else if (f.kind === 'yes-no') out[name] = true;
    else if (f.kind === 'days') out[name] = 1 + Math.floor(next() * 20);
    else if (f.kind === 'date') out[name] = day;
    else if (f.kind === 'paper') out[name] = `2026-${Math.floor(next() * 9000)}`;
    else if (f.kind === 'people' || f.kind === 'role') out[name] = `officer-${Math.floor(next() * PERSONS)}`;
    else out[name] = phrase(next, 3 + Math.floor(next() * 8));
  return out;
}
