import { describe, expect, test } from 'vitest';
import { loadCalendar } from '../src/calendars/load.ts';
import { recordLink,
  act, type ActInput, type CaseState, Day, type Event, fold, instantOf, isRefusal, momentOf, nextInstant, numberOf, open,
  type Procedure, tick,
} from '../src/core/index.ts';
import { ProcedureError } from '../src/procedures/error.ts';
import { inspectProcedure, listProcedures, loadProcedure } from '../src/procedures/load.ts';

const FIXED = ['xinfang-2022', 'uk-foi-2000', 'company-complaint'];

/** A case that people act on, on days of its calendar. Nobody but the core decides what comes of it. */
class Case {
  state: CaseState;
  readonly events: Event[];
  readonly procedure: Procedure;

  constructor(id: string, received: string, fields: Record<string, string | boolean> = {}, channel = 'web') {
    this.procedure = loadProcedure(id);
    const calendar = loadCalendar(this.procedure.calendar);
    const opened = open(this.procedure, calendar, { receipt: 'T-1', channel, unit: 'unit', fields }, moment(calendar, received));
    if (isRefusal(opened)) throw new Error(opened.text.en);
    this.state = opened.state;
    this.events = [...opened.events];
  }

  /** Lets time pass to a moment, then acts; gives the code of a refusal. */
  on(at: string, action: string, role: string, fields: ActInput['fields'] = {}, more: Partial<ActInput> = {}): string | undefined {
    const taken = act(this.until(at).state, { action, by: { role, person: role }, fields, ...more }, moment(this.state.calendar, at));
    if (isRefusal(taken)) return taken.code;
    this.events.push(...taken.events);
    this.state = taken.state;
    return undefined;
  }

  until(at: string): this {
    const now = moment(this.state.calendar, at);
    // As the workflow does: woken whenever there is something to say. One late tick would be an outage.
    for (let next = nextInstant(this.state); next !== undefined && next <= now; next = nextInstant(this.state))
      this.state = tick(this.state, next, this.events);
    return this;
  }

  due = (instance: string): string | undefined => this.state.duties[instance]?.due.dueDate;
  status = (instance: string): string | undefined => this.state.duties[instance]?.status;
  told = (instance: string): string[] => this.events.flatMap((e) => (e.type === 'escalated' && e.instance === instance ? [e.role] : []));
  open = (): string[] => Object.values(this.state.duties).filter((d) => d.status === 'open' || d.status === 'paused').map((d) => d.instance);
}

function moment(calendar: ReturnType<typeof loadCalendar>, at: string) {
  const [d = '', time = '10:00'] = at.split(' ');
  const [h = 0, m = 0] = time.split(':').map(Number);
  return instantOf(momentOf(calendar, numberOf(Day.parse(d)), h * 60 + m));
}

describe('every procedure of the package', () => {
  test('is there', () => {
    expect(listProcedures()).toEqual(expect.arrayContaining(FIXED));
  });

  test.each(listProcedures())('%s has neither errors nor warnings, and is named as its file', (id) => {
    const { procedure, problems } = inspectProcedure(id);
    expect(problems).toEqual([]);
    expect(procedure?.id).toBe(id);
  });

  test.each(listProcedures())('%s cites every limit, and counts on a calendar that is there', (id) => {
    const { duties, calendar, sources } = loadProcedure(id);
    for (const duty of Object.values(duties)) expect(sources[duty.cite.source]).toBeDefined();
    expect(loadCalendar(calendar).id).toBe(calendar);
  });

  test.each(listProcedures())('%s names itself in Chinese and English throughout', (id) => {
    const { roles, stages, actions, duties } = loadProcedure(id);
    for (const group of [roles, stages, actions, duties])
      for (const { title } of Object.values(group)) {
        expect(title.zh).toMatch(/[一-鿿]/);
        expect(title.en).toMatch(/^[ -~]+$/);
      }
  });

  test('a name that is not there lists those that are', () => {
    expect(() => loadProcedure('atlantis')).toThrow(ProcedureError);
    expect(() => loadProcedure('atlantis')).toThrow(/xinfang-2022/);
  });
});

test.each([
  ['xinfang-2022', ['decide', 'handle', 'object', 'request-review']],
  ['xinfang-review', ['review', 'request-re-review']],
  ['xinfang-re-review', ['re-review']],
  ['uk-foi-2000', ['respond', 'request-internal-review']],
  ['uk-foi-review', ['internal-review']],
  ['company-complaint', ['acknowledge', 'stage-one', 'stage-two']],
])('the duties of %s that others rely on are there', (id, duties) => {
  expect(Object.keys(loadProcedure(id).duties)).toEqual(expect.arrayContaining(duties));
});

const notice = { notice: 'doc/1' };
const referred = (): Case => new Case('xinfang-2022', '2026-02-11', { origin: 'referred' }, 'referral');
const request = (received = '2026-03-02'): Case => new Case('uk-foi-2000', received);

function accepted(): Case {
  const c = new Case('xinfang-2022', '2026-08-03');
  c.on('2026-08-05', 'accept', 'office', notice);
  return c;
}

describe('a petition', () => {
  const opinion = { outcome: 'explain', opinion: 'doc/2' };
  const service = { how: 'post', proof: 'doc/3' };
  const served = (): Case => {
    const c = new Case('xinfang-2022', '2026-03-02');
    expect(c.on('2026-03-03', 'propose', 'office')).toBeUndefined();
    expect(c.on('2026-03-04', 'approve', 'leader')).toBeUndefined();
    expect(c.on('2026-03-05', 'accept', 'office', notice)).toBeUndefined();
    expect(c.on('2026-04-20', 'issue-opinion', 'handler', opinion)).toBeUndefined();
    expect(c.on('2026-04-22', 'serve', 'office', service)).toBeUndefined();
    return c;
  };

  test('goes the ordinary way, and closes by itself when the right of review has lapsed', () => {
    const c = served();
    expect([c.due('decide'), c.due('handle'), c.due('serve'), c.due('request-review')]).toEqual(['2026-03-17', '2026-05-04', '2026-04-27', '2026-05-22']);
    expect(c.on('2026-04-23', 'archive', 'office')).toBeUndefined();
    expect([c.state.stage, c.state.closedAt, c.open()]).toEqual(['archived', undefined, ['request-review']]);
    c.until('2026-05-22 23:00');
    expect(c.status('request-review')).toBe('open');
    c.until('2026-05-23 00:01');
    expect(c.status('request-review')).toBe('lapsed');
    // Open for fifteen days more, for what is learnt late.
    expect(c.until('2026-06-07 23:59').state.closedAt).toBeUndefined();
    expect(c.until('2026-06-08').state.closedAt).toBeDefined();
    expect(c.told('handle')).toEqual([]);
    expect(fold(c.procedure, c.state.calendar, c.events)).toEqual(c.state);
  });

  test('may be accepted straight away', () => {
    const c = new Case('xinfang-2022', '2026-03-02');
    expect(c.on('2026-03-02 15:00', 'accept', 'handler', notice)).toBeUndefined();
    expect([c.status('decide'), c.due('handle')]).toEqual(['met', '2026-05-01']);
  });

  test('needs the written notice: nothing else meets the fifteen days', () => {
    const c = new Case('xinfang-2022', '2026-03-02');
    expect(c.on('2026-03-03', 'accept', 'office')).toBe('bad-field');
    expect(c.status('decide')).toBe('open');
  });

  test('is raised rung by rung, and to the top again and again', () => {
    const c = new Case('xinfang-2022', '2026-03-02').until('2026-04-10');
    expect(c.told('decide')).toEqual(['unit-deputy', 'unit-head', 'bureau-deputy', 'first-responsible', 'first-responsible', 'first-responsible']);
    expect(nextInstant(c.state)).toBeDefined();
    // Overdue since the 18th: at once, after one more working day, two more, three more.
    expect(c.events.filter((e) => e.type === 'escalated' && e.instance === 'decide').slice(0, 4).map((e) => e.at.slice(0, 10))).toEqual(
      ['2026-03-17', '2026-03-18', '2026-03-20', '2026-03-25']);
  });

  test('asked for in time and recorded after the right lapsed, the review is opened and the right was used', () => {
    const c = served();
    c.on('2026-04-23', 'archive', 'office');
    expect(c.on('2026-05-25', 'request-review', 'petitioner', {}, { occurredAt: '2026-05-22 16:30' })).toBeUndefined();
    expect([c.status('request-review'), c.state.duties['request-review']?.met?.late, c.state.links['review']?.relation]).toEqual(['met', false, 'review']);
  });

  test('asked for on day 31 it is registered, with why it is late, and sent to whoever decides on that', () => {
    const c = served();
    const late = { lateReason: 'beyond-control' };
    expect(c.on('2026-05-22', 'request-late-review', 'petitioner', late)).toBe('not-yet');
    expect(c.on('2026-05-23', 'request-review', 'petitioner')).toBe('too-late');
    expect(c.on('2026-05-23', 'request-late-review', 'petitioner', late)).toBeUndefined();
    expect(c.events.filter((e) => e.type === 'link-asked')).toMatchObject([{ link: 'late-review' }]);
    expect(c.open()).toContain('follow-review');
  });

  test('declined ends, with the way to go instead', () => {
    const c = new Case('xinfang-2022', '2026-03-02');
    expect(c.on('2026-03-05', 'decline', 'office', { ...notice, reason: 'r' })).toBe('bad-field');
    expect(c.on('2026-03-05', 'decline', 'office', { ...notice, reason: 'r', way: 'litigation' })).toBeUndefined();
    expect([c.status('decide'), c.state.stage, c.open()]).toEqual(['met', 'declined', []]);
    expect(c.until('2026-03-21').state.closedAt).toBeDefined();
  });

  describe('referred from above', () => {
    test('may be objected to for five working days, while the fifteen days run', () => {
      const c = referred();
      expect([c.due('object'), c.due('decide')]).toEqual(['2026-02-25', '2026-02-26']);
      expect(c.on('2026-02-13', 'object', 'office', { reasons: 'doc/r' })).toBeUndefined();
      expect([c.status('object'), c.status('decide')]).toEqual(['met', 'open']);
      expect(c.on('2026-02-24', 'refuse-return', 'assigner')).toBeUndefined();
      expect(c.due('decide')).toBe('2026-02-26');
      expect(c.on('2026-02-25', 'accept', 'office', notice)).toBeUndefined();
    });

    test('goes back only when the sender agrees', () => {
      const c = referred();
      c.on('2026-02-13', 'object', 'office', { reasons: 'doc/r' });
      expect(c.on('2026-02-24', 'agree-return', 'office')).toBe('bad-field');
      expect(c.on('2026-02-24', 'agree-return', 'assigner', { reply: 'doc/s' })).toBeUndefined();
      expect([c.status('decide'), c.state.stage, c.open()]).toEqual(['released', 'returned', []]);
    });

    test('the right to object lapses without a word to any leader, and ends when the matter is taken', () => {
      const c = referred().until('2026-02-26');
      expect([c.status('object'), c.told('object')]).toEqual(['lapsed', []]);
      const d = referred();
      d.on('2026-02-12', 'accept', 'office', notice);
      expect(d.status('object')).toBe('released');
    });

    test('is none where the matter came directly, or nobody said how it came', () => {
      expect(new Case('xinfang-2022', '2026-02-11', { origin: 'direct' }).status('object')).toBeUndefined();
      expect(new Case('xinfang-2022', '2026-02-11').status('object')).toBeUndefined();
    });
  });

  describe('with a date for the report', () => {
    test('set at intake, or by assigning', () => {
      const c = new Case('xinfang-2022', '2026-03-02', { origin: 'assigned', deadline: '2026-04-30' });
      expect(c.due('report-back')).toBe('2026-04-30');
      const d = new Case('xinfang-2022', '2026-03-02');
      expect(d.status('report-back')).toBeUndefined();
      d.on('2026-03-03', 'assign', 'assigner', { deadline: '2026-05-03' });
      expect([d.due('report-back'), d.state.duties['report-back']?.due.actBy]).toEqual(['2026-05-03', '2026-04-30']);
    });

    test('is still to be reported when all else is over', () => {
      const c = new Case('xinfang-2022', '2026-03-02', { origin: 'assigned', deadline: '2026-04-30' });
      c.on('2026-03-05', 'decline', 'office', { ...notice, reason: 'r', way: 'litigation' });
      expect([c.state.closedAt, c.open()]).toEqual([undefined, ['report-back']]);
      expect(c.on('2026-03-06', 'report-back', 'office', { report: 'doc/9' })).toBeUndefined();
      expect(c.open()).toEqual([]);
    });
  });

  test('of somebody who left no address needs no notice, but a decision and an answer all the same', () => {
    const c = new Case('xinfang-2022', '2026-03-02', { addressKnown: false });
    expect([c.status('decide'), c.status('decide-unaddressed')]).toEqual([undefined, 'open']);
    expect(c.on('2026-03-04', 'accept-unaddressed', 'office')).toBeUndefined();
    expect([c.status('decide-unaddressed'), c.due('handle')]).toEqual(['met', '2026-05-03']);
    expect(c.on('2026-04-01', 'issue-opinion', 'handler', opinion)).toBeUndefined();
    expect(c.status('serve')).toBeUndefined();
    expect(c.on('2026-04-02', 'archive', 'office')).toBe('out-of-turn');
    expect(c.on('2026-04-02', 'shelve', 'office')).toBe('bad-field');
    expect(c.on('2026-04-02', 'shelve', 'office', { proof: 'doc/p' })).toBeUndefined();
    // It waits, without a clock, for the petitioner to come; then it is served, and the right of review runs.
    expect([c.until('2027-04-02').state.closedAt, c.open()]).toEqual([undefined, []]);
    expect(c.on('2027-04-05', 'reached', 'petitioner', { addressKnown: true })).toBeUndefined();
    expect([c.state.stage, c.open()]).toEqual(['answered', ['serve']]);
    expect(c.on('2027-04-06', 'serve', 'office', { how: 'in-person', proof: 'doc/3' })).toBeUndefined();
    expect(c.status('request-review')).toBe('open');
  });

  describe('an extension', () => {
    test('is granted once, thirty days at most, before the day, by the head of the unit', () => {
      const c = accepted();
      expect(c.on('2026-09-20', 'extend', 'handler', { days: 30, reason: 'r' })).toBe('not-your-part');
      expect(c.on('2026-09-20', 'extend', 'unit-head', { days: 31, reason: 'r' })).toBe('extension-too-long');
      expect(c.on('2026-09-20', 'extend', 'unit-head', { days: 30, reason: 'r' })).toBeUndefined();
      expect(c.due('handle')).toBe('2026-11-03');
      expect(c.on('2026-10-20', 'extend', 'unit-head', { days: 1, reason: 'r' })).toBe('extended-before');
    });

    test('comes too late when the sixty days are over', () => {
      expect(accepted().on('2026-10-05', 'extend', 'unit-head', { days: 10, reason: 'r' })).toBe('extension-too-late');
    });
  });

  test('the right of review starts only with service', () => {
    const c = new Case('xinfang-2022', '2026-03-02');
    c.on('2026-03-05', 'accept', 'office', notice);
    c.on('2026-04-20', 'issue-opinion', 'handler', opinion);
    expect(c.status('request-review')).toBeUndefined();
    expect(c.on('2026-04-21', 'archive', 'office')).toBe('out-of-turn');
    c.until('2026-06-30');
    expect([c.status('serve'), c.state.closedAt]).toEqual(['open', undefined]);
    expect(c.told('serve').length).toBeGreaterThan(4);
  });

  test('a review may be asked for after the papers are archived, while the right runs', () => {
    const c = served();
    c.on('2026-04-23', 'archive', 'office');
    expect(c.on('2026-05-22 20:00', 'request-review', 'petitioner')).toBeUndefined();
    expect([c.state.stage, c.status('request-review')]).toEqual(['in-review', 'met']);
  });

  test('a promise is a duty of its own, each with its day', () => {
    const c = new Case('xinfang-2022', '2026-03-02');
    c.on('2026-03-03', 'promise', 'leader', { deadline: '2026-03-20' });
    c.on('2026-03-04', 'promise', 'leader', { deadline: '2026-03-27' });
    expect([c.due('commitment/1'), c.due('commitment/2')]).toEqual(['2026-03-20', '2026-03-27']);
    expect(c.on('2026-03-10', 'keep-promise', 'handler', { proof: 'doc/8' })).toBe('which-one');
    expect(c.on('2026-03-10', 'keep-promise', 'handler', { proof: 'doc/8' }, { instance: 'commitment/2' })).toBeUndefined();
    expect([c.status('commitment/1'), c.status('commitment/2')]).toEqual(['open', 'met']);
  });
});

describe('a request for information', () => {
  test('is due on the twentieth working day after receipt', () => {
    expect(request().due('respond')).toBe('2026-03-31');
    expect(request('2026-06-01').due('respond')).toBe('2026-06-30');
  });

  test('begins again when it has been made clear', () => {
    const c = request();
    c.on('2026-03-10', 'clarify', 'officer', { letter: 'doc/1' });
    expect([c.status('respond'), c.due('clarification')]).toEqual(['paused', '2026-05-11']);
    c.on('2026-04-13', 'clarified', 'requester', { request: 'doc/2' });
    expect([c.status('respond'), c.status('clarification'), c.due('respond')]).toEqual(['open', 'met', '2026-05-12']);
  });

  test('stands from the day of a fees notice to the day of payment, both left out', () => {
    const c = request();
    c.on('2026-03-05', 'issue-fees-notice', 'officer', { notice: 'doc/1' });
    c.on('2026-03-09', 'pay-fee', 'requester');
    // 5, 6 and 9 March are out, and 17 March is Saint Patrick's Day: three days later than without the notice, over Easter.
    expect(c.due('respond')).toBe('2026-04-07');
  });

  test('unpaid or unclear for too long is abandoned, but somebody must close it', () => {
    const c = request();
    c.on('2026-03-05', 'issue-fees-notice', 'officer', { notice: 'doc/1' });
    const closing = { letter: 'doc/2', decidedBy: 'officer' };
    expect(c.on('2026-04-01', 'close-abandoned', 'officer', closing)).toBe('not-settled');
    c.until('2026-06-08');
    expect([c.status('fee'), c.status('close-abandoned')]).toEqual(['lapsed', 'open']);
    expect(c.on('2026-06-09', 'close-abandoned', 'officer', closing)).toBeUndefined();
    expect([c.status('respond'), c.open()]).toEqual(['released', ['request-internal-review']]);
  });

  test('may take twenty days more over the public interest, if the exemption is named in time', () => {
    const c = request();
    expect(c.on('2026-03-30', 'extend-public-interest', 'foi-manager', { days: 20, reason: 'r', notice: 'doc/1' })).toBe('bad-field');
    expect(c.on('2026-03-30', 'extend-public-interest', 'foi-manager', { days: 20, reason: 'r', exemption: 's.36', notice: 'doc/1' })).toBeUndefined();
    expect(c.due('respond')).toBe('2026-04-30');
  });

  test('is reviewed in a case of its own, and after that the Commissioner is open', () => {
    const c = request();
    c.on('2026-03-20', 'refuse', 'officer', { exemption: 's.40', reason: 'r', notice: 'doc/1', decidedBy: 'officer' });
    expect([c.state.stage, c.state.closedAt, c.due('request-internal-review')]).toEqual(['answered', undefined, '2026-05-20']);
    c.on('2026-04-20', 'request-internal-review', 'requester', { reviewRequest: 'doc/2' });
    expect([c.state.stage, c.state.links['review']?.relation]).toEqual(['in-review', 'review']);
    c.state = recordLink(c.state, { link: 'review' }, { result: 'linked', receipt: 'RRRR' }, moment(c.state.calendar, '2026-04-20'), c.events);
    expect(c.on('2026-05-01', 'review-decided', 'reviewer', { result: 'release', decision: 'doc/3' })).toBeUndefined();
    expect([c.due('complain'), c.due('release')]).toEqual(['2026-06-12', '2026-05-18']);
    expect(c.on('2026-05-11', 'release-information', 'officer', { released: 'doc/4' })).toBeUndefined();
    expect(c.until('2026-07-01').state.closedAt).toBeDefined();
  });
});

describe('the internal review of an answer', () => {
  test('is decided by another person, within twenty working days', () => {
    const c = new Case('uk-foi-review', '2026-04-20', { decidedBy: 'officer' }, 'internal');
    expect(c.due('internal-review')).toBe('2026-05-19');
    const decision = { result: 'release', decision: 'doc/2' };
    expect(c.on('2026-05-01', 'decide-review', 'reviewer', decision, { by: { role: 'reviewer', person: 'officer' } })).toBe('takes-no-part');
    expect(c.on('2026-05-01', 'decide-review', 'reviewer', decision)).toBeUndefined();
    expect(c.until('2026-05-19').state.closedAt).toBeDefined();
  });
});

describe('a review and a re-review', () => {
  const service = { how: 'post', proof: 'doc/3' };
  const opinion = { result: 'uphold', opinion: 'doc/5' };

  test('the thirty days take in the written reply, not the opinion alone', () => {
    const c = new Case('xinfang-review', '2026-05-04', {}, 'passed-on');
    c.on('2026-05-06', 'admit', 'reviewer', notice);
    c.on('2026-06-01', 'issue-review-opinion', 'reviewer', opinion);
    expect([c.due('review'), c.status('review')]).toEqual(['2026-06-03', 'open']);
    c.on('2026-06-04', 'serve', 'reviewer', service);
    expect([c.state.duties['review']?.met?.late, c.due('request-re-review')]).toEqual([true, '2026-07-06']);
  });

  test('hearings of a re-review take no more than thirty days together', () => {
    const c = new Case('xinfang-re-review', '2026-06-01', {}, 'passed-on');
    c.on('2026-06-02', 'admit', 're-reviewer', notice);
    c.on('2026-06-03', 'open-hearing', 're-reviewer');
    c.on('2026-06-23', 'end-hearing', 're-reviewer', { record: 'doc/7' });
    c.on('2026-06-24', 'open-hearing', 're-reviewer');
    // Ten days are left of the thirty.
    expect(c.until('2026-07-05').status('re-review')).toBe('open');
    expect(c.due('re-review')).toBe('2026-07-31');
  });

  test('the time of a hearing does not count, and after the last the matter is archived', () => {
    const c = new Case('xinfang-re-review', '2026-06-01', {}, 'passed-on');
    c.on('2026-06-02', 'admit', 're-reviewer', notice);
    expect(c.due('re-review')).toBe('2026-07-01');
    c.on('2026-06-10', 'open-hearing', 're-reviewer');
    expect(c.status('re-review')).toBe('paused');
    c.on('2026-06-15', 'end-hearing', 're-reviewer', { record: 'doc/7' });
    expect(c.due('re-review')).toBe('2026-07-06');
    c.on('2026-07-01', 'issue-re-review-opinion', 're-reviewer', opinion);
    c.on('2026-07-02', 'serve', 're-reviewer', service);
    expect(c.open()).toEqual(['archive']);
    expect(c.on('2026-07-03', 'archive', 're-reviewer')).toBeUndefined();
    expect(c.until('2026-07-20').state.closedAt).toBeDefined();
    expect(fold(c.procedure, c.state.calendar, c.events)).toEqual(c.state);
  });
});

describe('a complaint to a company', () => {
  test('goes through both stages, each counted from its acknowledgement', () => {
    const c = new Case('company-complaint', '2026-03-02');
    expect(c.due('acknowledge')).toBe('2026-03-09');
    c.on('2026-03-06', 'acknowledge', 'desk');
    expect(c.due('stage-one')).toBe('2026-03-20');
    expect(c.on('2026-03-18', 'extend-stage-one', 'manager', { days: 10, reason: 'r', ombudsman: 'told' })).toBeUndefined();
    expect(c.due('stage-one')).toBe('2026-04-07');
    c.on('2026-04-01', 'reply-stage-one', 'handler', { reply: 'doc/1', ombudsman: 'told' });
    c.on('2026-04-20', 'request-stage-two', 'complainant');
    expect(c.due('acknowledge-stage-two')).toBe('2026-04-27');
    c.on('2026-04-22', 'acknowledge-stage-two', 'desk');
    expect(c.due('stage-two')).toBe('2026-05-21');
    expect(c.on('2026-05-20', 'reply-stage-two', 'stage-two-handler', { reply: 'doc/2', ombudsman: 'told' }, { by: { role: 'stage-two-handler', person: 'handler' } })).toBe('same-person');
    expect(c.on('2026-05-20', 'reply-stage-two', 'stage-two-handler', { reply: 'doc/2', ombudsman: 'told' })).toBeUndefined();
    expect(c.until('2026-06-05').state.closedAt).toBeDefined();
  });

  test('stays open while a promise is still to be kept', () => {
    const c = new Case('company-complaint', '2026-03-02');
    c.on('2026-03-03', 'acknowledge', 'desk');
    c.on('2026-03-10', 'promise', 'handler', { deadline: '2026-09-01' });
    c.on('2026-03-10 11:00', 'reply-stage-one', 'handler', { reply: 'doc/1', ombudsman: 'told' });
    c.until('2026-08-01');
    expect(c.open()).toEqual(['commitment/1']);
    c.on('2026-08-15', 'keep-promise', 'handler', { proof: 'doc/2' });
    expect(c.until('2026-09-10').state.closedAt).toBeDefined();
  });
});
