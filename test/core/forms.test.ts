import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { formLines } from '../../src/cli/forms-lines.ts';
import * as core from '../../src/core/index.ts';
import { formOf, formsOf, intakeForm, jsonSchemaOf, type FormField } from '../../src/core/forms.ts';
import { redress } from '../support/redress.ts';
import { calendar, procedure } from '../support/walk.ts';
import { usable } from '../support/walk-procedures.ts';
import { commands } from '../support/walk-steps.ts';
import { begin } from '../support/walk-world.ts';
import { loadCalendar } from '../../src/calendars/load.ts';

const procedures = usable();

/** The fields of everything that asks for some: intake, and each action. */
const asking = procedures.flatMap((p) => [[`${p.id} intake`, p.intake] as const, ...Object.entries(p.actions).map(([name, a]) => [`${p.id} ${name}`, a.fields] as const)]);

const shapeOf = (fields: core.Fields): string[] => {
  const schema = core.schemaOf(fields);
  if (!(schema instanceof z.ZodObject)) throw new Error('the schema is no object');
  return Object.keys(schema.shape);
};

test.each(asking)('%s: the form has the fields of the schema, in their order, and the JSON Schema too', (_, fields) => {
  const form = formOf(fields);
  expect(form.map((f) => f.name)).toEqual(shapeOf(fields));
  const json = jsonSchemaOf(fields);
  expect(Object.keys(json.properties ?? {})).toEqual(shapeOf(fields));
  expect(json.required ?? []).toEqual(form.filter((f) => !f.optional).map((f) => f.name));
  for (const f of form) if (f.choices) expect(f.choices.map((c) => c.value)).toEqual(fields[f.name]?.choices);
});

// What a form lets somebody enter, and what it does not.

const id = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,12}$/);
const hyphened = fc.stringMatching(/^[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,5}){0,2}$/);
const words = fc.string({ minLength: 1, maxLength: 60 }).filter((s) => s.trim() !== '');
const day = fc.date({ min: new Date('1990-01-01'), max: new Date('2199-12-31'), noInvalidDate: true }).map((d) => d.toISOString().slice(0, 10));

function allowed({ kind, choices, least = 0, most }: FormField): fc.Arbitrary<core.FieldValue> {
  switch (kind) {
    case 'choice':
      return fc.constantFrom(...(choices ?? []).map((c) => c.value));
    case 'yes-no':
      return fc.boolean();
    case 'days':
    case 'number':
      return fc.oneof(fc.integer({ min: least, max: most ?? least }), fc.constantFrom(least, most ?? least));
    case 'people':
      return fc.uniqueArray(fc.oneof(id, id.map((one) => `unit:${one}`)), { minLength: least, maxLength: Math.min(most ?? least + 6, 40), size: 'max' }).map((ids) => ids.join(' '));
    case 'date':
      return day;
    case 'person':
      return id;
    case 'role':
    case 'unit':
      return hyphened;
    case 'case':
      return fc.stringMatching(/^[A-Za-z0-9-]{1,40}$/);
    case 'text':
    case 'paper':
      return words;
  }
}

function forbidden({ kind, least = 0, most, optional }: FormField): fc.Arbitrary<core.FieldValue | undefined> {
  const missing = optional ? [] : [fc.constant(undefined)];
  switch (kind) {
    case 'choice':
      return fc.oneof(...missing, fc.constantFrom('no-such-choice', '', 1, true));
    case 'yes-no':
      return fc.oneof(...missing, fc.constantFrom('yes', 1, ''));
    case 'days':
    case 'number':
      return fc.oneof(...missing, fc.integer({ min: least - 50, max: least - 1 }), fc.integer({ min: (most ?? 0) + 1, max: (most ?? 0) + 50 }), fc.constantFrom(least + 0.5, '5', Number.NaN));
    case 'people': {
      const many = Array.from({ length: (most ?? 0) + 1 }, (_, i) => `one-${i}`).join(' ');
      const few = Array.from({ length: least - 1 }, (_, i) => `one-${i}`).join(' ');
      return fc.oneof(...missing, fc.constantFrom(few, 'Not An Id', 'unit:', 3, ...(most === undefined ? [] : [many])));
    }
    case 'date':
      return fc.oneof(...missing, fc.constantFrom('2026-02-30', 'tomorrow', '2026/03/04', 20260304));
    case 'person':
    case 'unit':
    case 'role':
    case 'case':
      return fc.oneof(...missing, fc.constantFrom('', 'not one', '!', 7));
    case 'text':
    case 'paper':
      return fc.oneof(...missing, fc.constantFrom('', '   ', 7, true, 'x'.repeat(4001)));
  }
}

/** A form filled in as it allows; each optional field perhaps. */
const fillings = (form: readonly FormField[]): fc.Arbitrary<Record<string, core.FieldValue>> =>
  fc.record(Object.fromEntries(form.map((f) => [f.name, allowed(f)])), { requiredKeys: form.filter((f) => !f.optional).map((f) => f.name) });

describe('what a form allows is taken, and what it does not is refused by the name of its field', () => {
  test.each(asking.filter(([, fields]) => Object.keys(fields).length > 0))('%s', (_, fields) => {
    const form = formOf(fields);
    const schema = core.schemaOf(fields);
    const json = z.fromJSONSchema(jsonSchemaOf(fields));
    fc.assert(fc.property(fillings(form), (values) => {
      expect(schema.safeParse(values).error).toBeUndefined();
      expect(json.safeParse(values).error).toBeUndefined();
    }), { numRuns: 12 });
    const spoilt = fc.tuple(fillings(form), fc.constantFrom(...form)).chain(([values, field]) => forbidden(field).map((bad) => ({ field, values: { ...values, [field.name]: bad } })));
    fc.assert(fc.property(spoilt, ({ field, values }) => {
      const issue = schema.safeParse(values).error?.issues[0];
      expect(issue?.path[0], JSON.stringify(values)).toBe(field.name);
    }), { numRuns: 24 });
    expect(schema.safeParse({ ...Object.fromEntries(form.map((f) => [f.name, undefined])), noSuchField: 'x' }).success).toBe(false);
  });
});

test('bounds are those of the field where it sets some, and in the JSON Schema too', () => {
  const fields = core.Fields.parse({ representatives: { kind: 'number', least: 1, most: 5 }, team: { kind: 'people', least: 2, most: 3 }, days: 'days', plain: 'number?', on: 'date' });
  expect(formOf(fields)).toMatchObject([
    { name: 'representatives', least: 1, most: 5, optional: false }, { name: 'team', least: 2, most: 3 }, { name: 'days', least: 1, most: 3660 }, { name: 'plain', least: 0, optional: true }, { name: 'on' },
  ]);
  expect(jsonSchemaOf(fields)).toMatchObject({ additionalProperties: false, required: ['representatives', 'team', 'days', 'on'], properties: { representatives: { minimum: 1, maximum: 5 }, days: { minimum: 1 }, on: { format: 'date' } } });
});

const start = fc.record({ received: fc.integer({ min: 0, max: 300 * 24 * 60 }), channel: fc.nat(20), seed: fc.nat(99_999) });

describe('wherever a case stands', () => {
  test.each(procedures.map((p) => [p.id, p] as const))('%s: each form that is offered can be filled in and is taken, and the order is that of the file', (_, p) => {
    const cal = loadCalendar(p.calendar);
    const order = Object.keys(p.actions);
    fc.assert(fc.property(start, commands([]), fc.nat(99), (from, steps, pick) => {
      const { model, world } = begin(p, cal, from);
      fc.modelRun(() => ({ model, real: world }), steps);
      const forms = formsOf(world.state, world.now);
      const places = forms.map((f) => order.indexOf(f.action));
      expect(places).toEqual(places.toSorted((a, b) => a - b));
      const form = forms[pick % Math.max(1, forms.length)];
      if (!form) return;
      const [values] = fc.sample(fillings(form.fields), { numRuns: 1, seed: pick });
      for (const role of form.by) {
        const instances = form.instanceNeeded ? form.instances.map((d) => d.instance) : [undefined, ...form.instances.map((d) => d.instance)];
        const codes = instances.flatMap((instance) => [world.state.duties[instance ?? '']?.person, world.state.appointed[role.value], 'somebody'].map((person) => {
          const act = { action: form.action, by: { role: role.value, ...(person === undefined ? {} : { person }) }, fields: values ?? {}, ...(instance === undefined ? {} : { instance }) };
          return core.refusalOf(world.state, act, world.now)?.code;
        }));
        // Too long an extension, and one person named where several are, depend on more than the form can say.
        expect(codes.some((code) => code === undefined || code === 'extension-too-long' || code === 'bad-field'), `${form.action} as ${role.value}: ${codes.join(', ')}`).toBe(true);
      }
    }), { numRuns: 4, seed: 1182 });
  });
});

describe('a case of xinfang-2022', () => {
  const now = core.instantOf(Date.UTC(2026, 2, 2, 2));
  const opened = core.open(procedure('xinfang-2022'), calendar('cn'), core.Intake.parse({ receipt: 'F', channel: 'letter', unit: 'u' }), now);
  if (core.isRefusal(opened)) throw new Error(opened.text.en);
  const { state } = opened;
  const take = (from: core.CaseState, action: string, role: string, fields: Record<string, core.FieldValue>): core.CaseState => {
    const taken = core.act(from, { action, by: { role, person: 'p' }, fields }, now);
    if (core.isRefusal(taken)) throw new Error(taken.text.en);
    return taken.state;
  };
  const formFor = (of: core.CaseState, action: string, role?: string) => formsOf(of, now, { role }).find((f) => f.action === action);

  test('what is owed soonest is marked, for whoever owes it', () => {
    // The first look is owed within a working day, the notice within fifteen days.
    expect(formFor(state, 'triage', 'office')).toMatchObject({ soonest: true, owed: { instance: 'triage', dueDate: '2026-03-03' } });
    expect(formFor(state, 'accept', 'office')).toMatchObject({ soonest: false, owed: { instance: 'decide', dueDate: '2026-03-17', with: 'notice' }, meets: [{ instance: 'decide' }], by: [{ value: 'office' }] });
    expect(formFor(state, 'accept', 'handler')).toMatchObject({ soonest: false });
    expect(formFor(state, 'accept', 'handler')?.owed).toBeUndefined();
    expect(formFor(state, 'accept', 'reviewer')).toBeUndefined();
  });

  test('what cannot be done in this stage, or without what it needs, is not there', () => {
    const names = formsOf(state, now).map((f) => f.action);
    expect(names).toContain('accept');
    for (const name of ['serve', 'archive', 'accept-unaddressed', 'keep-promise', 'take-over', 'object']) expect(names).not.toContain(name);
  });

  test('of several promises one must be named, the soonest first', () => {
    const one = take(state, 'promise', 'handler', { deadline: '2026-04-20' });
    expect(formFor(one, 'keep-promise')).toMatchObject({ instanceNeeded: false, instances: [{ instance: 'commitment/1' }] });
    const two = take(one, 'promise', 'handler', { deadline: '2026-03-20' });
    expect(formFor(two, 'keep-promise')).toMatchObject({ instanceNeeded: true, instances: [{ instance: 'commitment/2', dueDate: '2026-03-20' }, { instance: 'commitment/1' }] });
    const [zh, en] = (['zh', 'en'] as const).map((lang) => formLines(two.procedure, formsOf(two, now), lang).join('\n'));
    for (const word of ['须指明：commitment/2', '完成“', '最先到期']) expect(zh).toContain(word);
    for (const word of ['must name: commitment/2 (2026-03-20), commitment/1', 'meets "', 'due first']) expect(en).toContain(word);
  });

  test('time that has passed counts: what has lapsed or fallen overdue by now is seen so', () => {
    const later = core.instantOf(core.msOf(now) + 20 * core.DAY_MS);
    expect(formsOf(state, later, { role: 'office' }).find((f) => f.action === 'accept')?.owed).toMatchObject({ overdue: true });
    expect(formsOf(state, later).map((f) => f.action)).toEqual(formsOf(state, now).map((f) => f.action));
  });

  test('whoever takes no part is offered nothing', () => {
    const named = take(state, 'name-person', 'office', { who: 'officer-a' });
    expect(formsOf(named, now, { role: 'office', person: 'officer-a' })).toEqual([]);
    expect(formsOf(named, now, { role: 'office', person: 'officer-b' })).not.toEqual([]);
  });
});

describe('the command line', () => {
  test.each(['zh', 'en'])('procedure show --forms (%s)', async (lang) => {
    const { code, out } = await redress(['procedure', 'show', 'uk-foi-2000', '--forms', '--lang', lang]);
    expect(code).toBe(0);
    for (const action of Object.keys(procedure('uk-foi-2000').actions)) expect(out).toContain(`  ${action}  `);
    expect(out).toContain(lang === 'zh' ? '文书编号' : 'a paper');
  });

  test('as data, with a schema that takes what the case takes', async () => {
    const { out } = await redress(['procedure', 'show', 'xinfang-2022', '--forms', '--json']);
    expect(JSON.parse(out)).toMatchObject({ intake: { procedure: { id: 'xinfang-2022' }, channels: expect.any(Array), schema: { type: 'object' } }, actions: expect.arrayContaining([expect.objectContaining({ action: 'extend', fields: expect.any(Array), schema: expect.objectContaining({ required: expect.arrayContaining(['days', 'reason']) }) })]) });
    expect(intakeForm(procedure('xinfang-2022')).channels.map((c) => c.value)).toContain('letter');
  });

  test('act without an action, but with a field, says what is missing', async () => {
    const { code, err } = await redress(['act', '7Q2M-0KXD-4TFA', '--field', 'days=5']);
    expect(code).toBe(2);
    expect(err).toContain('--field goes with an action');
  });
});
