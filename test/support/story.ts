import * as core from '../../src/core/index.ts';
import { calendarOf, leastFields, procedure } from './walk.ts';

/** A case told step by step in the core alone: each step at its own time, everything due before it first. */
export function story(id: string, receivedAt: string, fields: Record<string, core.FieldValue> = {}, now = receivedAt) {
  const p = procedure(id);
  const cal = calendarOf(p);
  const at = (when: string): core.Instant => {
    const read = core.readMoment(cal, when, 'start');
    if (!read) throw new Error(when);
    return read;
  };
  const opened = core.open(p, cal, core.Intake.parse({ receipt: 'S', channel: Object.keys(p.channels)[0], unit: 'unit', receivedAt: at(receivedAt), fields }), at(now));
  if (core.isRefusal(opened)) throw new Error(opened.text.en);
  let { state } = opened;
  const events: core.Event[] = [...opened.events];

  const until = (to: core.Instant): void => {
    for (let next = core.nextInstant(state); next !== undefined && next <= to; next = core.nextInstant(state)) state = core.tick(state, next, events);
  };
  const self = {
    /** Lets time pass, each clock ringing on time. */
    until(when: string) {
      until(at(when));
      return self;
    },
    /** Lets time pass while the system is away: what was due is found at the end of it. */
    away(when: string) {
      state = core.tick(state, at(when), events);
      return self;
    },
    /** Somebody does something at `when`; gives the refusal's code where it may not be done. */
    act(when: string, action: string, more: Partial<core.ActInput> & { role?: string } = {}): string | undefined {
      until(at(when));
      const rule = Object.hasOwn(p.actions, action) ? p.actions[action] : undefined;
      const { role, fields: given, ...rest } = more;
      const least = rule ? leastFields(rule.fields, core.dayOf(core.localDay(cal, at(when)) + 10)) : {};
      const taken = core.act(state, { action, by: { role: role ?? rule?.by[0] ?? 'nobody', person: 'first' }, fields: { ...least, ...given }, ...rest }, at(when));
      if (core.isRefusal(taken)) return taken.code;
      state = taken.state;
      events.push(...taken.events);
      return undefined;
    },
    due: (instance: string) => state.duties[instance]?.due.dueDate,
    duty: (instance: string) => state.duties[instance],
    /** The timeline as "day type", in the calendar's zone. */
    told: (...types: core.EventType[]) => events.filter((e) => types.includes(e.type)).map((e) => `${core.dayOf(core.localDay(cal, e.at))} ${e.type}`),
    /** What befell one duty, of a type. */
    befell: (instance: string, ...types: core.EventType[]) => events.filter((e) => types.includes(e.type) && 'instance' in e && e.instance === instance),
    on: (e: core.Event) => core.dayOf(core.localDay(cal, e.at)),
    events,
    state: () => state,
    at,
  };
  return self;
}
