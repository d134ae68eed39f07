import { describe, expect, test } from 'vitest';
import { said } from '../src/procedures/error.ts';
import { type FileProblem, readProcedure } from '../src/procedures/read.ts';

/** A small procedure without a fault, for each test to break in one place. */
const GOOD = `id: small
version: 1
title: { zh: 小程序, en: small }
calendar: cn
sources:
  rule: { title: { zh: 规则, en: the rule }, rank: house }
roles:
  visitor: { title: { zh: 来访人, en: visitor }, outside: true }
  clerk: { title: { zh: 经办人, en: clerk } }
  boss: { title: { zh: 负责人, en: boss } }
intake:
  kind: [big, little]
channels: [visit]
stages:
  new: { title: { zh: 新, en: new } }
  waiting: { title: { zh: 等待, en: waiting } }
  done: { title: { zh: 完, en: done }, final: true }
opens: new
actions:
  ask:
    title: { zh: 询问, en: ask }
    by: clerk
    from: new
    to: waiting
  hear:
    title: { zh: 听取, en: hear }
    by: [visitor, clerk]
    from: waiting
    to: new
  extend:
    title: { zh: 延期, en: extend }
    by: boss
    fields: { more: days }
  reply:
    title: { zh: 答复, en: reply }
    by: clerk
    from: new
    to: done
    fields: { letter: paper, until: date }
  appeal:
    title: { zh: 申诉, en: appeal }
    by: visitor
    from: done
    to: new
  mend:
    title: { zh: 补救, en: mend }
    by: clerk
    from: [new, waiting, done]
ladders:
  line:
    - { tell: boss }
    - tell: boss
      after: 1 working day
      repeat: 5 working days
duties:
  answer:
    title: { zh: 答复, en: answer }
    owes: clerk
    starts: opened
    limit: 10 working days
    met: { by: reply, with: letter }
    extension: { by: extend, upTo: 10 working days, field: more, cite: { source: rule, article: "2", confirmed: true } }
    pauses:
      - on: ask
        until: hear
        ground: { zh: 等待, en: waiting }
        atMost: 30 calendar days
        cite: { source: rule, article: "3", confirmed: true }
    reminders: [3 working days]
    ladder: line
    cite: { source: rule, article: "1", confirmed: true }
  appeal:
    title: { zh: 申诉权, en: right to appeal }
    owes: visitor
    starts: answer.met
    limit: 30 calendar days
    met: appeal
    expiry: lapses
    cite: { source: rule, article: "4", confirmed: true }
  mend:
    title: { zh: 补救, en: mend }
    owes: clerk
    starts: notice-failed
    each: true
    limit: 2 working days
    met: mend
    ladder: line
    cite: { source: rule, article: "5", confirmed: true }
`;

const known = { calendars: ['cn', 'uk-foi'] };
const problemsIn = (text: string): readonly FileProblem[] => readProcedure(text, 'small.yaml', known).problems;

/** The good file with one piece of it exchanged. */
function broken(piece: string, by: string): string {
  expect(GOOD).toContain(piece);
  return GOOD.replace(piece, by);
}

test('the small procedure has no fault', () => {
  expect(readProcedure(GOOD, 'small.yaml', known)).toMatchObject({ procedure: { id: 'small' }, problems: [] });
});

describe('each fault is found where it is written', () => {
  // What it is | the piece | what is put there | the line that is named | what is said of it
  test.each([
    ['an unknown role takes an action', 'by: boss', 'by: bos', 'by: bos', 'no role "bos". Did you mean "boss"?'],
    ['an unknown role owes a duty', 'owes: visitor', 'owes: guest', 'owes: guest', 'no role "guest"; there are: visitor, clerk, boss'],
    ['an unknown role is on the ladder', '- { tell: boss }', '- { tell: chief }', '- { tell: chief }', 'no role "chief"'],
    ['an unknown role is told', 'from: done\n', 'from: done\n    tell: [clerk, mayor]\n', 'tell: [clerk, mayor]', 'no role "mayor"'],
    ['an unknown stage is left', 'from: done\n', 'from: dome\n', 'from: dome', 'no stage "dome". Did you mean "done"?'],
    ['an unknown stage is entered', 'to: done', 'to: finished', 'to: finished', 'no stage "finished"'],
    ['cases open in an unknown stage', 'opens: new', 'opens: nwe', 'opens: nwe', 'no stage "nwe". Did you mean "new"?'],
    ['an unknown action meets a duty', 'met: appeal', 'met: appeals', 'met: appeals', 'no action "appeals"'],
    ['an unknown action extends', '{ by: extend', '{ by: prolong', 'extension:', 'no action "prolong"'],
    ['an unknown action pauses', 'on: ask', 'on: inquire', 'on: inquire', 'no action "inquire"'],
    ['an unknown action resumes', 'until: hear', 'until: listen', 'until: listen', 'no action "listen"'],
    ['an unknown action ends a duty', 'expiry: lapses', 'expiry: lapses\n    ends: [mend, leave]', 'ends: [mend, leave]', 'no action "leave"'],
    ['an unknown action restarts', 'reminders:', 'restarts:\n      - on: again\n        cite: { source: rule, article: "6", confirmed: true }\n    reminders:', '- on: again', 'no action "again"'],
    ['an unknown action bars a person', 'by: visitor\n', 'by: visitor\n    otherThan: [answer]\n', 'otherThan: [answer]', 'no action "answer"'],
    ['an unknown duty is to be settled', 'by: visitor\n', 'by: visitor\n    settled: [reply]\n', 'settled: [reply]', 'no duty "reply"'],
    ['an unknown ladder', 'ladder: line\n    cite: { source: rule, article: "5"', 'ladder: lien\n    cite: { source: rule, article: "5"', 'ladder: lien', 'no ladder "lien". Did you mean "line"?'],
    ['an unknown calendar', 'calendar: cn', 'calendar: mars', 'calendar: mars', 'no calendar "mars"'],
    ['an unknown source is cited', 'source: rule, article: "3"', 'source: law, article: "3"', 'article: "3"', 'no source "law"'],
    ['a citation without an article', 'article: "4"', 'article: " "', 'article: " "', 'No article is named'],
    ['a clock waits for nothing known', 'starts: answer.met', 'starts: answer', 'starts: answer', 'for the duty, write answer.met'],
    ['a clock waits for an unknown duty', 'starts: answer.met', 'starts: answered.met', 'starts: answered.met', 'no duty "answered"'],
    ['a clock waits for what cannot befall that duty', 'starts: answer.met', 'starts: answer.lapsed', 'starts: answer.lapsed', 'write answer.overdue'],
    ['clocks wait for each other', 'starts: opened', 'starts: appeal.met', 'starts: appeal.met', '"answer" can never start'],
    ['a condition on an unknown fact', 'starts: opened', 'starts: { on: opened, when: { sort: big } }', 'starts: {', 'no field "sort"'],
    ['a condition on an unknown choice', 'starts: opened', 'starts: { on: opened, when: { kind: huge } }', 'starts: {', 'no choice "huge"; it has big, little'],
    ['a condition on an unknown channel', 'starts: opened', 'starts: { on: opened, when: { channel: [visit, fax] } }', 'starts: {', 'no channel "fax"; there are: visit'],
    ['a field named as the channel', 'kind: [big, little]', 'kind: [big, little]\n  channel: text?', 'channel: text', 'is how the matter came'],
    ['an unknown duty that something is about', 'by: visitor\n', 'by: visitor\n    about: [reply]\n', 'about: [reply]', 'no duty "reply"'],
    ['about two at once', 'by: visitor\n', 'by: visitor\n    about: [mend, answer]\n', 'about: [mend, answer]', 'cannot be about several at once: answer, mend'],
    ['about which one, where there is one', 'by: visitor\n', 'by: visitor\n    about: [answer]\n', 'about: [answer]', 'There is only one "answer"'],
    ['nothing meets a duty', 'met: appeal', 'met: []', 'met: []', 'Nothing that can be done meets "appeal"'],
    ['a duty can be met only when all is over', 'starts: notice-failed\n    each: true\n    limit: 2 working days\n    met: mend', 'starts: notice-failed\n    limit: 2 working days\n    met: close', 'met: close', 'only once the case has ended'],
    ['a paper that the action does not have', 'with: letter', 'with: leter', 'with: leter', 'has no field "leter"'],
    ['a paper that may be left out', 'letter: paper', 'letter: paper?', 'with: letter', 'may be left out'],
    ['nobody may take an action', 'by: boss', 'by: []', 'by: []', 'Nobody may take "extend"'],
    ['an action in no stage', 'by: [visitor, clerk]\n    from: waiting', 'by: [visitor, clerk]\n    from: []', 'from: []', '"hear" can never be taken'],
    ['a stage to which nothing leads', 'from: new\n    to: waiting', 'from: new', 'waiting: {', 'No action leads to the stage "waiting"'],
    ['no final stage', ', final: true }', ' }', 'stages:', 'no case could ever be closed'],
    ['a dead end', 'from: waiting\n    to: new', 'from: waiting', 'waiting: {', 'From the stage "waiting" no final stage can be reached'],
    ['a case that begins at its end', 'opens: new', 'opens: done', 'opens: done', 'would begin in a final stage'],
    ['an action named as the system names its own', '  mend:\n    title: { zh: 补救, en: mend }\n    by', '  correct:\n    title: { zh: 补救, en: mend }\n    by', '  correct:', 'name the system uses itself'],
    ['an empty ladder', '\n    - { tell: boss }\n    - tell: boss\n      after: 1 working day\n      repeat: 5 working days', ' []', 'line: []', 'nobody would be told'],
    ['a ladder that goes silent', '\n      repeat: 5 working days', '', '- tell: boss', 'goes silent at the top'],
    ['a rung in the middle that repeats', '- { tell: boss }', '- { tell: boss, repeat: 1 working day }', 'repeat: 1 working day', 'Only the last rung'],
    ['a rung that does not say when', '\n      after: 1 working day', '', '- tell: boss', 'has no "after"'],
    ['a rung that repeats at once', 'repeat: 5 working days', 'repeat: 0 working days', 'repeat: 0', 'after no time at all'],
    ['an extension in another unit', 'upTo: 10 working days', 'upTo: 10 calendar days', 'upTo: 10 calendar days', 'Use one unit'],
    ['an extension without its days', 'fields: { more: days }', 'fields: { more: text }', 'field: more', 'no required field "more" of kind days'],
    ['an extension of a date', 'limit: 10 working days', 'limit: { field: kind }', 'extension:', 'days cannot be added'],
    ['a limit from a field that is no date', 'limit: 30 calendar days', 'limit: { field: letter }', 'limit: { field', 'no date field "letter"'],
    ['a limit so many times over, without the number', 'limit: 30 calendar days', 'limit: { count: 1 calendar day, times: allowed }', 'times: allowed', 'Neither "answer.met" nor intake has a number "allowed"'],
    ['a limit so many times over that may be left out', 'kind: [big, little]', 'kind: [big, little]\n  allowed: { kind: number, optional: true, least: 1, most: 9 }', 'times: allowed', 'must be given (or has a default)'],
    ['a limit that may be no time at all', 'kind: [big, little]', 'kind: [big, little]\n  allowed: { kind: number, most: 9 }', 'times: allowed', 'Write "least: 1"'],
    ['a limit that a typing error makes endless', 'kind: [big, little]', 'kind: [big, little]\n  allowed: { kind: number, least: 1 }', 'times: allowed', 'Write "most"'],
    ['a limit that a typing error in another action makes endless', 'kind: [big, little]', 'kind: [big, little]\n  allowed: { kind: number, optional: true, default: 2, least: 1, most: 9 }', 'times: allowed', 'Write "most"'],
    ['a limit so many times over, as a default that no action has', 'kind: [big, little]', 'kind: [big, little]\n  allowed: { kind: number, optional: true, default: two, least: 1, most: 9 }', 'times: allowed', 'must be given (or has a default)'],
    ['a date so many times over', 'limit: 30 calendar days', 'limit: { field: until, times: allowed }', 'limit: { field', 'only a count'],
    ['a duty that escalates to nobody', 'met: mend\n    ladder: line', 'met: mend', '  mend:', 'nobody is told'],
    ['a right with a ladder', 'met: appeal\n', 'met: appeal\n    ladder: line\n', 'ladder: line', 'is a right of somebody outside'],
    ['a right that escalates', '    expiry: lapses\n', '', '  appeal:', 'Write "expiry: lapses"'],
    ['a ladder that is never used', 'starts: notice-failed', 'expiry: lapses\n    starts: notice-failed', 'ladder: line', 'ladder is never used'],
    ['a pause without end', 'by: [visitor, clerk]\n    from: waiting\n    to: new', 'by: [visitor, clerk]\n    from: []', 'until: hear', 'would stand for ever'],
    ['a pause without a most', '\n        atMost: 30 calendar days', '', '- on: ask', 'may stand for ever'],
    ['a pause of a date', 'limit: 10 working days', 'limit: { field: kind }', '- on: ask', 'a pause does not move'],
    ['a reminder before the start', 'reminders: [3 working days]', 'reminders: [10 working days]', 'reminders: [10', 'is never sent'],
    ['no channel', 'channels: [visit]', 'channels: []', 'channels: []', 'no case can be opened'],
    ['nobody mends a failed notice', 'starts: notice-failed', 'starts: mend', 'duties:', 'nobody has to mend it'],
  ])('%s', (_, piece, by, line, what) => {
    const extra = by.includes('met: close') ? '  close:\n    title: { zh: 关, en: close }\n    by: clerk\n    from: done\nladders:' : 'ladders:';
    const times = by.includes('  allowed:') ? 'limit: { count: 1 calendar day, times: allowed }' : 'limit: 30 calendar days';
    const more = by.includes('default: 2') ? 'fields: { more: days, allowed: { kind: number, optional: true, least: 1 } }' : 'fields: { more: days }';
    const text = broken(piece, by).replace('ladders:', extra).replace('limit: 30 calendar days', times).replace('fields: { more: days }', more);
    const found = problemsIn(text).find((p) => p.text.en.includes(what));
    expect(found, problemsIn(text).map((p) => said(p, 'en')).join('\n')).toBeDefined();
    if (!found) return;
    expect(text.split('\n')[found.line - 1]).toContain(line);
    expect(found.text.zh).toMatch(/[一-鿿]/);
  });
});

const twinOf = (text: string) => (id: string) => (id === 'twin' ? readProcedure(text, 'twin.yaml', known).procedure : 'missing' as const);
const atOnce = (text: string): string => text.replace('on: ask\n    opens', 'on: opened\n    opens');

describe('what is handed to another case, and back', () => {
  const LINKED = `${GOOD}links:
  other:
    title: { zh: 相关, en: other }
    relation: part
    on: ask
    opens: twin
    hands: { kind: kind }
    tells: { mend: { act: extend, by: boss, fields: { more: more } } }
    hears: { reply: { act: extend, by: boss, fields: { more: more } } }
`;
  const TWIN = LINKED.replace('id: small', 'id: twin').replace('opens: twin', 'opens: small');
  const wrong = (text: string, twin = TWIN): string[] => readProcedure(text, 'small.yaml', { ...known, procedure: twinOf(twin) }).problems.map((p) => said(p, 'en'));

  test('fits', () => expect(wrong(LINKED)).toEqual([]));
  test.each([
    ['hands: { kind: kind }', 'hands: { kind: letter }', 'links.other.hands.kind: What "letter" holds (paper) does not fit into "kind" (big | little)'],
    ['fields: { more: more } } }\n    hears', 'fields: { more: until } } }\n    hears', 'links.other.tells.mend.fields.more: What "until" holds (date) does not fit into "more" (days)'],
  ])('%s → %s', (piece, by, what) => {
    expect(LINKED).toContain(piece);
    expect(wrong(LINKED.replace(piece, by))).toEqual([expect.stringContaining(what)]);
  });
  test('what is heard has to fit, too, and a choice that the other has and we have not does not', () => {
    expect(wrong(LINKED.replace(/(hears: .*more: )more/, '$1letter'))).toEqual([expect.stringContaining('hears.reply.fields.more: What "letter" holds (paper) does not fit into "more" (days)')]);
    expect(wrong(LINKED, TWIN.replace('kind: [big, little]', 'kind: [big, huge]'))).toEqual([expect.stringContaining('(big | little) does not fit into "kind" (big | huge)')]);
  });
  test('cases that open each other as soon as they are opened would never end', () => {
    expect(wrong(atOnce(LINKED))).toEqual([]);
    expect(wrong(atOnce(LINKED), atOnce(TWIN))).toEqual([expect.stringContaining('without end')]);
    expect(wrong(atOnce(LINKED).replace('opens: twin', 'opens: small'))).toEqual([expect.stringContaining('without end')]);
  });
});

describe('what is not YAML, or not a procedure', () => {
  test.each([
    ['a name written twice', 'version: 1', 'version: 1\nversion: 2', 3, 1, 'written twice'],
    ['a bracket left open', 'channels: [visit]', 'channels: [visit', 14, 1, 'A bracket is not closed'],
    ['two colons in a line', 'title: { zh: 小程序, en: small }', 'title: a: b', 3, 8, 'two colons'],
    ['a word that is no entry', 'opens: new', 'opens: new\nclosed: done', 19, 1, 'no such entry as "closed"'],
    ['a missing entry is named at what lacks it', 'opens: new\n', '', 1, 1, 'This entry is missing'],
    ['a missing citation at its duty', '    cite: { source: rule, article: "4", confirmed: true }\n', '', 72, 3, 'This entry is missing'],
    ['a limit that cannot be read', 'limit: 30 calendar days', 'limit: 30 days', 76, 5, 'write a duration such as "15 calendar days"'],
    ['a number that is text', 'version: 1', 'version: one', 2, 1, 'It must be a number'],
    ['a word that is not among those possible', 'rank: house', 'rank: home', 6, 44, 'It must be one of: statute'],
    ['a name in capitals', 'opens: new', 'opens: New', 18, 1, 'lower-case words'],
  ])('%s', (_, piece, by, line, column, what) => {
    const { procedure, problems } = readProcedure(broken(piece, by), 'small.yaml', known);
    expect(procedure).toBeUndefined();
    expect(problems.map((p) => said(p, 'en'))).toEqual(expect.arrayContaining([expect.stringContaining(what)]));
    expect(problems[0]).toMatchObject({ file: 'small.yaml', line, column });
    expect(problems[0]?.text.zh).toMatch(/[一-鿿]/);
  });
});

describe('what is said', () => {
  test('a warning does not keep a procedure from being used, an error does', () => {
    expect(readProcedure(broken('letter: paper', 'letter: paper?'), 'small.yaml', known).procedure?.id).toBe('small');
    expect(readProcedure(broken('to: done', 'to: finished'), 'small.yaml', known).procedure).toBeUndefined();
  });

  test('errors come before warnings', () => {
    const text = broken('letter: paper', 'letter: paper?').replace('by: boss', 'by: []');
    expect(problemsIn(text).map((p) => p.severity)).toEqual(['error', 'warning']);
  });

  test('one broken way is one complaint, not one for everything beyond it', () => {
    const text = broken('from: new\n    to: done', 'from: done\n    to: done').replace('opens: new', 'opens: waiting');
    expect(problemsIn(text).map((p) => p.path)).toEqual(['stages.done', 'stages', 'actions.reply.from', 'actions.appeal.from']);
  });

  test('with the file, the line and the entry', () => {
    const [first] = problemsIn(broken('to: done', 'to: dine'));
    expect(first && said(first, 'en')).toBe('small.yaml:38:5 actions.reply.to: There is no stage "dine". Did you mean "done"?');
    expect(first && said(first, 'zh')).toBe('small.yaml:38:5 actions.reply.to: 没有名为“dine”的阶段；是否指“done”？');
  });

  test('calendars are not checked where nobody says which there are', () => {
    expect(readProcedure(broken('calendar: cn', 'calendar: mars'), 'small.yaml').problems).toEqual([]);
  });
});
