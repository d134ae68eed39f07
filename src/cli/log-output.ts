import type { Lang } from '../core/index.ts';
import type { CaseVerdict, LogSummary } from '../rehearse/index.ts';
import type { Io } from './io.ts';
import { paint } from './paint.ts';
import { pairs, table } from './table.ts';

/** Work that is done sooner needs no progress. */
const QUIET_MS = 1000;

/** Problems listed for people; all of them are in the JSON. */
const LISTED = 100;

/** Prints cases as they come, so that memory does not grow with them, and the summary at the end. */
export function logPrinter(io: Io, json: boolean, doing: { zh: string; en: string }) {
  let first = true;
  const quietTill = Date.now() + QUIET_MS;
  return {
    each: (verdict: CaseVerdict, done: number): void => {
      if (json) io.out(`${first ? '{"cases":[' : ','}${JSON.stringify(verdict)}`);
      first = false;
      if (Date.now() > quietTill) io.progress({ zh: `${doing.zh}：${done} 件`, en: `${doing.en}: ${done} cases` });
    },
    end: (summary: LogSummary): void => {
      io.done();
      if (json) io.out(`${first ? '{"cases":[' : ''}],"summary":${JSON.stringify(summary)}}`);
      else for (const line of summaryLines(summary, io.lang)) io.out(line);
    },
  };
}

const T = {
  zh: {
    duty: '义务', count: '件数', met: '已完成', late: '逾期', share: '逾期率', open: '未完成', lapsed: '期满', told: '上报次数',
    worst: '最迟的几件', due: '截止', done: '完成', days: '逾期日数', never: '未完成', dirt: '日志中的问题', map: '对应关系', filled: '日志没有、按最低要求填写的字段', unseen: '日志看不出、未评判的义务', outside: '没有对应操作的事件',
  },
  en: {
    duty: 'Duty', count: 'Cases', met: 'Met', late: 'Late', share: 'Share', open: 'Open', lapsed: 'Lapsed', told: 'Escalations',
    worst: 'The latest', due: 'Due', done: 'Done', days: 'Days late', never: 'not done', dirt: 'Dirt in the log', map: 'What stood for what', filled: 'Not in the log, and filled in', unseen: 'Duties that the log cannot tell of: not judged', outside: 'What happened that no action stands for',
  },
} as const;

function summaryLines(s: LogSummary, lang: Lang): string[] {
  const t = T[lang];
  const { id, version } = s.procedure;
  const heading = {
    zh: `${s.cases} 件，按 ${id} v${version}，日历 ${s.calendar.id} ${s.calendar.version}，未办结的看到 ${s.until}；上报 ${s.escalations} 次；${s.rows} 行，${s.notJudged} 件（行）未评判；用时 ${s.seconds} 秒。`,
    en: `${s.cases} cases under ${id} v${version}, calendar ${s.calendar.id} ${s.calendar.version}, open ones left at ${s.until}; ${s.escalations} escalations; ${s.rows} rows, ${s.notJudged} cases or rows not judged; ${s.seconds} seconds.`,
  }[lang];
  const duties = Object.entries(s.duties).map(([duty, d]) =>
    [duty, ...[d.count, d.met, d.late].map(String), percent(d.late, d.count), ...[d.open, d.lapsed, d.escalations].map(String)]);
  return [
    paint.strong(heading),
    '',
    ...table([{ title: t.duty }, ...[t.count, t.met, t.late, t.share, t.open, t.lapsed, t.told].map(right)], duties),
    ...section(t.worst, s.worst.length === 0 ? [] : table(
      [{ title: 'id' }, { title: t.duty }, { title: t.due }, { title: t.done }, right(t.days), right(t.told)],
      s.worst.map((w) => [w.id, w.duty, w.dueDate, w.metAt ?? t.never, String(w.days), String(w.escalations)]),
    )),
    ...section(t.dirt, dirtLines(s, lang)),
    ...section(t.map, pairs(Object.entries(s.map))),
    ...section(t.filled, pairs(Object.entries(s.filled))),
    ...section(t.outside, pairs(Object.entries(s.outside).map(([name, n]) => [name, String(n)]))),
    ...section(t.unseen, s.unseen.length === 0 ? [] : [`  ${s.unseen.join(', ')}`]),
  ];
}

function dirtLines(s: LogSummary, lang: Lang): string[] {
  const rows = s.problems.slice(0, LISTED).map(({ row, id, code, text }) => [String(row), id ?? '', code, text[lang]]);
  const more = s.problems.length + s.problemsLeftOut - rows.length;
  const head = lang === 'zh' ? ['行', '编号', '代码', '说明'] : ['Line', 'Id', 'Code', 'What'];
  return [
    ...pairs(Object.entries(s.dirt).map(([code, n]) => [code, String(n)])),
    ...(rows.length === 0 ? [] : ['', ...table(head.map((title, i) => ({ title, right: i === 0 })), rows)]),
    ...(more > 0 ? [{ zh: `另有 ${more} 条，见 --json。`, en: `${more} more: see --json.` }[lang]] : []),
  ];
}

const right = (title: string) => ({ title, right: true });

const section = (title: string, lines: readonly string[]): string[] => (lines.length === 0 ? [] : ['', paint.strong(title), ...lines]);

const percent = (n: number, of: number): string => (of === 0 ? '' : `${((100 * n) / of).toFixed(1)} %`);
