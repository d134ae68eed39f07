import { Client, Connection, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { z } from 'zod';
import { explained, pathOf } from './calendars/issue.ts';
import { loadCalendar } from './calendars/load.ts';
import { TASK_QUEUE } from './config.ts';
import {
  type Act, type ActInput, type ActionForm, type Asker, type Calendar, type CaseView, type DutyView, type Event, type Explanation, formsOf, type Incoming, type Instant, instantOf, isRefusal, msOf, notInForce,
  open as openCase, pin, type Procedure, refuse,
} from './core/index.ts';
import { RedressError, Refused } from './errors.ts';
import { asked, translated } from './client-errors.ts';
import { readFields } from './client-fields.ts';
import { converterFor } from './converter.ts';
import { type Story, storyOf } from './client-story.ts';
import { own } from './core/own.ts';
import { barred, barringUnit } from './people/index.ts';
import { loadProcedure, procedureOnFile } from './procedures/load.ts';
import { randomKey, readReceipt, receiptOf, workflowIdOf } from './receipts.ts';
import { type CaseFilter, type Owed, type OwedFilter, openRegister, type Register, RegisterUnavailable } from './register/index.ts';
import { attributesOf } from './workflows/attributes.ts';
import { viewOf } from './core/view.ts';
import type { CaseInput, Receipt } from './workflows/messages.ts';
import * as message from './workflows/messages.ts';

export type { Act, ActInput, ActionForm, Asker, CaseFilter, CaseView, DutyView, Event, Explanation, Owed, OwedFilter, Receipt, Story };
export { RedressError, Refused };

/** A matter as somebody brings it. */
export const NewCase = z.strictObject({
  /** Id of a procedure in `procedures/`, or path of a procedure file. */
  procedure: z.string().min(1),
  /** The unit that receives it, as the institution names it. */
  unit: z.string().min(1),
  /** How it came: one of the procedure's channels. */
  channel: z.string().min(1),
  /** When it came: a day, a time in the zone of the procedure's calendar, or an instant. Now, where left out. */
  receivedAt: z.string().optional(),
  /** The facts that the procedure asks for at intake. None of them names a person. */
  fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  /** How to reach the petitioner. Goes into the register and nowhere else. */
  petitioner: z
    .strictObject({
      name: z.string().optional(),
      email: z.email().optional(),
      address: z.string().optional(),
      phone: z.string().optional(),
      lang: z.enum(['zh', 'en']).optional(),
    })
    .default({}),
  /** What it is about, in the petitioner's words. Goes into the register and nowhere else. */
  summary: z.string().default(''),
  /** The caller's own key: opening again with the same one gives the same case. */
  key: z.string().min(1).max(200).optional(),
  /** Id of a calendar, where it is not the procedure's own: `cn+guangxi`. */
  calendar: z.string().optional(),
});
export type NewCase = z.input<typeof NewCase>;

export interface OpenedCase {
  readonly receipt: string;
  /** Whether the key had been used before, so that this is the case it opened then. */
  readonly again: boolean;
  /** Whether the register shows it already. If not, it will. */
  readonly recorded: boolean;
}

export interface ClientOptions {
  /** host:port of the Temporal server. */
  readonly temporalAddress: string;
  readonly namespace: string;
  /** postgres://… of the register. */
  readonly databaseUrl: string;
  /** The keys that the running worker uses (REDRESS_KEY), and their names as it tells them. */
  readonly key?: string | undefined;
  readonly keyIds?: readonly string[] | undefined;
  /** Milliseconds that a reading waits for the worker before it is taken from the register. Default 5,000. */
  readonly patience?: number;
  /** The queue of the workers that run the cases; `redress` where left out. */
  readonly taskQueue?: string;
}

/** What only the worker can answer is waited for so many times longer: an engine that is started again takes some seconds. */
const PATIENT = 6;

/** While the register is away a step is taken all the same; what only the register knows is then not asked. */
function whileAway(error: unknown): undefined {
  if (!(error instanceof RegisterUnavailable)) throw error;
}

/** A unit that the institution does not have is nobody's: no notice would reach anyone. */
function knowsUnit(institution: Awaited<ReturnType<Register['institution']>>, unit: string): void {
  const units = Object.keys(institution?.units ?? {});
  if (units.length === 0 || units.includes(unit)) return;
  throw new RedressError('bad-field', 'unit', {
    zh: `没有“${unit}”这个单位；现有：${units.join('、')}。`,
    en: `There is no unit "${unit}"; there are ${units.join(', ')}.`,
  });
}

/**
 * Who complains where they are to be kept from whoever they complain of does not have it opened in that unit, nor in one
 * below it.
 */
function keptApart(institution: Awaited<ReturnType<Register['institution']>>, unit: string, excluded: Readonly<Record<string, unknown>>): void {
  const found = barringUnit(institution?.units ?? {}, (name) => Object.hasOwn(excluded, `unit:${name}`), unit);
  if (found === undefined) return;
  throw new RedressError('takes-no-part', 'unit', {
    zh: `${found} 是被反映单位${found === unit ? '' : `，${unit} 隶属于它`}，不能承办。请在不隶属于被反映单位的单位登记，如其上级单位。`,
    en: `${found} is complained of${found === unit ? '' : `, and ${unit} is below it`}. Open the case in a unit that is not, such as the one above.`,
  });
}

/** Keys of cases that other cases and schedules open: nobody else may stand in for those. */
const OURS = /^(link:|schedule\/)/;

/** Milliseconds over which wake-ups at one legal instant are spread. */
const SPREAD = 5 * 60_000;

/**
 * The front door: opens cases, records what people did, reads timelines.
 * Methods throw `Refused` where the procedure says no, and `RedressError` where
 * something is missing or away; both name the field and carry the words in
 * Chinese and English.
 */
export class Redress {
  readonly temporal: Client;
  readonly register: Register;
  readonly #patience: number;
  readonly #taskQueue: string;

  constructor(temporal: Client, register: Register, { patience = 5000, taskQueue = TASK_QUEUE }: Pick<ClientOptions, 'patience' | 'taskQueue'> = {}) {
    this.temporal = temporal;
    this.register = register;
    this.#patience = patience;
    this.#taskQueue = taskQueue;
  }

  /** Connects to a Redress that runs. @throws RedressError `engine-away`, `wrong-key`; RegisterUnavailable */
  static async connect(options: ClientOptions): Promise<Redress> {
    const dataConverter = await converterFor(options);
    const connection = await asked('engine', () => Connection.connect({ address: options.temporalAddress, connectTimeout: '5s' }));
    const { namespace } = options;
    const register = await openRegister({ url: options.databaseUrl }).catch(async (error: unknown) => {
      await connection.close();
      throw error;
    });
    return new Redress(new Client({ connection, namespace, dataConverter }), register, options);
  }

  async close(): Promise<void> {
    await this.register.close();
    await this.temporal.connection.close();
  }

  /**
   * Opens a case. Idempotent by `key`: the second time gives the first case.
   * The petitioner's details go into the register first; should the engine then
   * be away, opening again with the same key goes on from there.
   * @throws Refused where the procedure does not take it
   */
  async open(raw: NewCase): Promise<OpenedCase> {
    if (raw.key !== undefined && OURS.test(raw.key)) throw new RedressError('bad-field', 'key', { zh: `key 不能以 link: 或 schedule/ 开头，这是系统自用的。`, en: 'A key cannot begin with "link:" or "schedule/": those are the system\'s own.' });
    return this.openAs(raw, {});
  }

  /** As `open`, for a case that another one opens, on that one's clock. @throws Refused where the procedure does not take it */
  async openAs(raw: NewCase, { link, clock, identity }: { readonly link?: Incoming; readonly clock?: Instant; readonly identity?: readonly string[] | undefined }): Promise<OpenedCase> {
    const matter = parseNewCase(raw);
    const procedure = loadProcedure(matter.procedure);
    const whole = loadCalendar(matter.calendar ?? procedure.calendar);
    const key = matter.key ?? randomKey();
    const receipt = receiptOf(key);
    const { channel, unit, receivedAt } = matter;
    const fields = await readFields(this.register, procedure.intake, matter.fields);
    const intake = { receipt, channel, unit, fields, ...(receivedAt === undefined ? {} : { receivedAt }), ...(link ? { link } : {}) };
    const first = openCase(procedure, whole, intake, clock ?? instantOf(Date.now()));
    if (isRefusal(first)) throw Refused.by(first);
    const early = notInForce(procedure, whole, first.state.receivedAt);
    if (early) throw Refused.by(early);
    const institution = await this.register.institution();
    knowsUnit(institution, unit);
    if (procedure.identity) keptApart(institution, unit, first.state.excluded);
    // Who is kept to a few in one case stays so in another that is opened for them.
    const kept = procedure.identity ?? identity;
    const hours = institution?.notices;
    const admitted = await this.register.admit({ receipt, key, contact: contactOf(matter.petitioner), summary: matter.summary, ...(kept ? { identity: [...kept] } : {}) });
    // The engine forgets a case some months after its end; the register does not.
    if (admitted.again && (await this.register.case(receipt))) return { receipt, again: true, recorded: true };
    const again = !(await this.start({ procedure, calendar: pin(whole, first.state.receivedAt), intake: { ...intake, receivedAt: first.state.receivedAt }, ...(clock === undefined ? { spread: SPREAD } : { offset: msOf(clock) - Date.now() }), ...(hours ? { hours } : {}) }, viewOf(first.state)));
    const recorded = await this.#until(async () => (await this.register.case(receipt)) !== undefined);
    return { receipt, again: again && admitted.again, recorded };
  }

  /** Starts the workflow of a case; false where it had been started before. */
  async start(input: CaseInput, view: CaseView): Promise<boolean> {
    try {
      await asked('engine', () => this.temporal.workflow.start('caseWorkflow', {
        workflowId: workflowIdOf(input.intake.receipt),
        taskQueue: this.#taskQueue,
        args: [input],
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        typedSearchAttributes: attributesOf(view),
      }));
      return true;
    } catch (err) {
      if (err instanceof WorkflowExecutionAlreadyStartedError) return false;
      throw err;
    }
  }

  /**
   * Records what somebody did. Returns once it is in the register, or says with
   * `recorded: false` that it is accepted and will be. With a `key`, the same
   * call again gives the first answer again.
   * @throws Refused where it may not be done, now or by them
   */
  async act(receipt: string, action: ActInput): Promise<Receipt> {
    const id = readReceipt(receipt);
    const act = await this.#readAct(id, action);
    await this.#takesPart(id, act);
    return this.#within(PATIENT * this.#patience, id, () =>
      this.#handle(id).executeUpdate(message.act, { args: [act], ...(action.key === undefined ? {} : { updateId: action.key }) }));
  }

  /** Does something to a case, in the words of this library where it is not there or has closed. @throws RedressError `no-such-case`, `engine-away`; Refused `case-closed` */
  telling<T>(receipt: string, ask: () => Promise<T>): Promise<T> {
    return translated(this.register, receipt, ask);
  }

  /** For machines that fire and forget: a step that cannot be taken is noted on the timeline, not answered. */
  async completeStep(receipt: string, action: ActInput): Promise<void> {
    const id = readReceipt(receipt);
    await translated(this.register, id, () => this.#handle(id).signal(message.completeStep, action));
  }

  /** All that has happened in a case, in order. @throws RedressError `no-such-case` */
  async timeline(receipt: string): Promise<readonly Event[]> {
    const id = readReceipt(receipt);
    return this.#read(id, () => this.#handle(id).query(message.timeline), () => this.register.timeline(id).then((t) => (t.length > 0 ? t : undefined)));
  }

  /** The case as its timeline makes it, with its rules: all that is needed to put events into words. @throws RedressError `no-such-case` */
  async story(receipt: string): Promise<Story> {
    return storyOf(this.temporal, readReceipt(receipt), await this.timeline(receipt));
  }

  /** What can be done in a case now, in the order of its procedure, each with its fields and what it would meet. @throws RedressError `no-such-case` */
  async forms(receipt: string, asker: Asker = {}): Promise<ActionForm[]> {
    return formsOf((await this.story(receipt)).state, instantOf(Date.now()), asker);
  }

  /** Where a case stands, its duties included. @throws RedressError `no-such-case` */
  async case(receipt: string): Promise<CaseView> {
    const id = readReceipt(receipt);
    return this.#read(id, () => this.#handle(id).query(message.view), () => this.register.case(id));
  }

  /** The duties of a case. @throws RedressError `no-such-case` */
  async duties(receipt: string): Promise<readonly DutyView[]> {
    return (await this.case(receipt)).duties;
  }

  /** The reason for a due date, step by step. @throws RedressError `no-such-case`, `no-such-duty` */
  async explain(receipt: string, instance: string): Promise<Explanation> {
    const id = readReceipt(receipt);
    const explanation = await this.#within(PATIENT * this.#patience, id, () => this.#handle(id).query(message.explain, instance));
    if (explanation) return explanation;
    const known = (await this.duties(id)).map((d) => d.instance).join(', ');
    throw new RedressError('no-such-duty', 'duty', { zh: `该事项没有“${instance}”这项义务；有：${known}。`, en: `The case has no duty "${instance}"; it has ${known}.` });
  }

  /** Cases by stage, unit, procedure, whether overdue, and rungs of the ladder told; the newest first. */
  list(filter: CaseFilter = {}): Promise<CaseView[]> {
    return this.register.list(filter);
  }

  /** Open duties by role and unit, the most urgent first. */
  owed(filter: OwedFilter = {}): Promise<Owed[]> {
    return this.register.owed(filter);
  }

  /** As the case takes them: the fields of an action are those of the procedure on file, which has the same names. @throws RedressError `no-such-person` */
  async #readAct(receipt: string, act: ActInput): Promise<ActInput> {
    const { action, fields = {} } = act;
    if (!Object.values(fields).some((value) => typeof value === 'string')) return act;
    const view = await this.register.case(receipt).catch(whileAway);
    const rule = view && own(procedureOnFile(view.procedure)?.actions ?? {}, action);
    return rule ? { ...act, fields: await readFields(this.register, rule.fields, fields) } : act;
  }

  /** Who belongs to a unit that a case is about takes no part in it: which unit that is, only the register knows. @throws Refused */
  async #takesPart(receipt: string, { by: { person } }: ActInput): Promise<void> {
    if (person === undefined) return;
    const { excluded } = (await this.register.people.casting([receipt]).catch(whileAway))?.get(receipt) ?? { excluded: {} };
    if (!Object.keys(excluded).some((id) => id.startsWith('unit:')) || !barred(await this.register.people.organisation(), excluded, person.trim())) return;
    throw Refused.by(refuse('takes-no-part', 'by.person', `${person} 所在的单位是被反映单位，不能办理本事项。`, `${person} belongs to a unit that this case is about, and takes no part in it.`));
  }

  #handle(receipt: string) {
    return this.temporal.workflow.getHandle(workflowIdOf(receipt));
  }

  /** Asks a case, and does not wait for ever for a worker that is not there. */
  #within<T>(ms: number, receipt: string, ask: () => Promise<T>): Promise<T> {
    return this.temporal.withDeadline(Date.now() + ms, () => translated(this.register, receipt, ask));
  }

  /** The workflow's word where it can be had in time, else the register's. */
  async #read<T>(receipt: string, ask: () => Promise<T>, fallback: () => Promise<T | undefined>): Promise<T> {
    try {
      return await this.#within(this.#patience, receipt, ask);
    } catch (err) {
      if (err instanceof Refused) throw err;
      const recorded = await fallback();
      if (recorded === undefined) throw err;
      return recorded;
    }
  }

  async #until(done: () => Promise<boolean>): Promise<boolean> {
    for (const end = Date.now() + this.#patience; Date.now() < end; ) {
      if (await done()) return true;
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    return false;
  }
}

function contactOf(p: z.infer<typeof NewCase>['petitioner']) {
  return { ...(p.name ? { name: p.name } : {}), ...(p.email ? { email: p.email } : {}), ...(p.address ? { address: p.address } : {}), ...(p.phone ? { phone: p.phone } : {}), ...(p.lang ? { lang: p.lang } : {}) };
}

const FORMAT = { zh: '格式不对。', en: 'It has not the right form.' };

/** Reads a matter from data of any kind. @throws RedressError `bad-field`, naming the field */
export function parseNewCase(raw: unknown): z.output<typeof NewCase> {
  const result = NewCase.safeParse(raw);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = issue ? pathOf(issue).join('.') : '';
  const text = issue?.code === 'invalid_format' ? FORMAT : issue ? explained(issue) : { zh: '', en: '' };
  throw new RedressError('bad-field', field, {
    zh: `字段 ${field || '（整体）'}：${text.zh}`,
    en: `The field ${field || '(whole)'}: ${text.en}`,
  }, result.error);
}

/** What `Procedure` and `Calendar` are, for those who build cases themselves. */
export type { Calendar, Procedure };
