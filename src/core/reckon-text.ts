import { type Calendar, dayKind, localDay, localMinutes, nameOfWeekday } from './calendar.ts';
import type { Duration, Unit } from './duration.ts';
import { type Day, dayOf, type Instant, numberOf, weekdayOf } from './instant.ts';
import type { Limit } from './limit.ts';
import type { Stop } from './reckon.ts';
import type { CountedDay, Step } from './steps.ts';
import type { Text } from './text.ts';

// The words of each step of a count. What was counted is decided in reckon.ts; nothing is computed here but text.

const UNITS: Readonly<Record<Unit, Text>> = {
  'calendar-days': { zh: '日', en: 'calendar days' },
  'working-days': { zh: '个工作日', en: 'working days' },
  months: { zh: '个月', en: 'months' },
  'working-hours': { zh: '个工作小时', en: 'working hours' },
  minutes: { zh: '分钟', en: 'minutes' },
};

/** "5 working days", "5 个工作日". */
export const amount = (n: number, unit: Unit): Text => ({
  zh: `${round(n)} ${UNITS[unit].zh}`,
  en: `${round(n)} ${n === 1 ? UNITS[unit].en.slice(0, -1) : UNITS[unit].en}`,
});

export const duration = (d: Duration): Text => amount(d.amount, d.unit);

const round = (n: number): string => String(Math.round(n * 100) / 100);

const two = (n: number): string => String(n).padStart(2, '0');

/** "2026-10-04 (Sunday)". */
export function dated(day: number): Text {
  const name = nameOfWeekday(weekdayOf(day));
  return { zh: `${dayOf(day)}（${name.zh}）`, en: `${dayOf(day)} (${name.en})` };
}

/** "2026-10-04 (Sunday) 17:30", on the clocks of the zone. */
export function clocked(calendar: Calendar, at: Instant): Text {
  const day = dated(localDay(calendar, at));
  const m = Math.floor(localMinutes(calendar, at));
  const time = `${two(Math.floor(m / 60))}:${two(m % 60)}`;
  return { zh: `${day.zh}${time}`, en: `${day.en} ${time}` };
}

const step = (kind: Step['kind'], zh: string, en: string, days?: readonly CountedDay[]): Step =>
  days ? { kind, text: { zh, en }, days } : { kind, text: { zh, en } };

export function start(calendar: Calendar, origin: Instant): Step {
  const t = clocked(calendar, origin);
  return step('start', `起算事由发生于 ${t.zh}（${calendar.zone}）。`, `What starts the clock happened on ${t.en}, ${calendar.zone}.`);
}

export function fixed(day: Day): Step {
  const t = dated(numberOf(day));
  return step('fixed', `截止日已经指定：${t.zh}。`, `The last day was set by the action itself: ${t.en}.`);
}

export function dayOrNight(byNight: boolean, night: NonNullable<Limit['night']>, count: Duration): Step {
  const span = `${night.from}–${night.to}`;
  const t = duration(count);
  return byNight
    ? step('day-or-night', `起算时刻在夜间（${span}），期限 ${t.zh}。`, `It started by night (${span}): ${t.en}.`)
    : step('day-or-night', `起算时刻在日间，期限 ${t.zh}。`, `It started by day: ${t.en}.`);
}

export function times(count: Duration, n: number, whole: Duration): Step {
  const [c, w] = [duration(count), duration(whole)];
  return step('times', `${c.zh} × ${n}，即 ${w.zh}。`, `${c.en}, ${n} times: ${w.en}.`);
}

export function firstDay(day: number, included: boolean): Step {
  const [t, next] = [dated(day), dated(day + 1)];
  return included
    ? step('first-day', `当日 ${t.zh} 计入。`, `The day itself, ${t.en}, is counted.`)
    : step('first-day', `当日 ${t.zh} 不计入，自 ${next.zh} 起算。`, `The day itself, ${t.en}, is not counted; counting begins on ${next.en}.`);
}

export function extended(n: number, unit: Unit): Step {
  const t = amount(n, unit);
  return step('extended', `另加延期 ${t.zh}。`, `Extended by ${t.en}.`);
}

export function months(n: number, from: number, to: number, included: boolean): Step {
  const [count, a, b] = [amount(n, 'months'), dated(from), dated(to)];
  if (included) return step('count', `${a.zh} 起 ${count.zh}，至对应日的前一日 ${b.zh}（无对应日的，至该月末日）。`, `${count.en} from ${a.en}: the day before the same-numbered one, or the last of the month: ${b.en}.`);
  return step('count', `${a.zh} 起 ${count.zh}，至 ${b.zh}（无对应日的，至该月末日）。`, `${count.en} from ${a.en}: the same-numbered day, or the last of the month: ${b.en}.`);
}

/** Days that did not count, added to a limit in months. */
export function hidden(n: number, to: number): Step {
  const [count, end] = [amount(n, 'calendar-days'), dated(to)];
  return step('stopped', `停计的 ${count.zh} 顺延，至 ${end.zh}。`, `The ${count.en} during which the clock stood are added: ${end.en}.`);
}

/** The days that a count went through, one by one; working days name what was passed over. */
export function counted(calendar: Calendar, unit: Unit, from: number, n: number): Step[] {
  if (n <= 0) return [];
  const days: CountedDay[] = [];
  let d = from;
  for (let done = 0; done < n; ) {
    d += 1;
    const kind = dayKind(calendar, d);
    const counts = unit === 'calendar-days' || kind.working;
    if (counts) done += 1;
    const day = dayOf(d);
    const why = kind.special || !counts ? { why: kind.name } : {};
    days.push(counts ? { day, counted: done, ...why } : { day, ...why });
  }
  const [count, end] = [amount(n, unit), dated(d)];
  const passed = days.filter((x) => x.counted === undefined);
  const moved = unit === 'working-days' ? days.filter((x) => x.counted !== undefined && x.why) : [];
  const zh = [`计 ${count.zh}，至 ${end.zh}。`];
  const en = [`Counting ${count.en} comes to ${end.en}.`];
  if (passed.length > 0) {
    const t = runs(passed);
    zh.push(`不计：${t.zh}。`);
    en.push(` Not counted: ${t.en}.`);
  }
  if (moved.length > 0) {
    const t = runs(moved);
    zh.push(`调休上班、照计：${t.zh}。`);
    en.push(` Moved working days, counted: ${t.en}.`);
  }
  return [step('count', zh.join(''), en.join(''), days)];
}

/** "2026-10-01 to 2026-10-07 National Day; 2026-10-10 …": neighbouring days of one name in one piece. */
function runs(days: readonly CountedDay[]): Text {
  const pieces: { from: Day; to: Day; why: Text }[] = [];
  for (const { day, why } of days) {
    if (!why) continue;
    const last = pieces.at(-1);
    if (last && last.why.en === why.en && numberOf(day) === numberOf(last.to) + 1) last.to = day;
    else pieces.push({ from: day, to: day, why });
  }
  const say = (lang: keyof Text, to: string, join: string): string =>
    pieces.map((p) => `${p.from === p.to ? p.from : `${p.from}${to}${p.to}`} ${p.why[lang]}`).join(join);
  return { zh: say('zh', ' 至 ', '；'), en: say('en', ' to ', '; ') };
}

export function stopped(stop: Stop, calendar: Calendar, left: number, unit: Unit): Step {
  return stoppedBetween(dated(localDay(calendar, stop.from)), dated(localDay(calendar, stop.to)), left, unit, stop.days === 'whole');
}

export const stoppedAt = (stop: Stop, calendar: Calendar, left: number, unit: Unit): Step =>
  stoppedBetween(clocked(calendar, stop.from), clocked(calendar, stop.to), left, unit, false);

function stoppedBetween(from: Text, to: Text, left: number, unit: Unit, whole: boolean): Step {
  const t = amount(left, unit);
  return step(
    'stopped',
    `${from.zh} 至 ${to.zh} 停计${whole ? '（首尾两日均不计）' : ''}，余 ${t.zh}。`,
    `The clock stood from ${from.en} to ${to.en}${whole ? ', both days left out' : ''}; ${t.en} remained.`,
  );
}

export function lastDay(calendar: Calendar, day: number, end: number, rule: 'stays' | 'rolls', silent: boolean): Step {
  const [t, e] = [dated(day), dated(end)];
  const why = dayKind(calendar, day).name;
  if (rule === 'rolls')
    return step(
      'last-day',
      `${t.zh} 为休息日（${why.zh}），顺延至 ${e.zh}${silent ? '；法无明文，信访人的权利从宽计算' : ''}。`,
      `${t.en} is a day of rest (${why.en}), so it moves on to ${e.en}${silent ? '; the law is silent, and a right of the petitioner is counted in their favour' : ''}.`,
    );
  return step(
    'last-day',
    `${t.zh} 为休息日（${why.zh}），不顺延${silent ? '；法无明文，机关的义务从严计算' : ''}。`,
    `${t.en} is a day of rest (${why.en}); it does not move on${silent ? '; the law is silent, and a duty of the institution is counted strictly' : ''}.`,
  );
}

export function actBy(calendar: Calendar, day: number, by: number, tooEarly: boolean): Step {
  const [t, b] = [dated(day), dated(by)];
  const why = dayKind(calendar, day).name;
  return tooEarly
    ? step('act-by', `起算后至 ${t.zh} 没有工作日，应在休息日内办理。`, `No working day lies between the start and ${t.en}, so it must be done on a day of rest.`)
    : step('act-by', `${t.zh} 为休息日（${why.zh}），其前最后一个工作日为 ${b.zh}，最迟于该日（含）办理。`, `${t.en} is a day of rest (${why.en}); the last working day before it is ${b.en}. Act by then.`);
}

export function dueAt(calendar: Calendar, at: Instant, ends: string): Step {
  const t = clocked(calendar, at);
  if (ends === 'end-of-day' || ends === '24:00') {
    const day = dated(localDay(calendar, at));
    return step('due-at', `截至 ${day.zh} 24:00（${calendar.zone}）。`, `In time until the end of ${day.en}, 24:00 ${calendar.zone}.`);
  }
  return step('due-at', `截至 ${t.zh}（${calendar.zone}）。`, `In time until ${t.en}, ${calendar.zone}.`);
}

export function run(calendar: Calendar, count: Duration, at: Instant): Step {
  const [c, t] = [duration(count), clocked(calendar, at)];
  return step('due-at', `${c.zh}，截至 ${t.zh}（${calendar.zone}）。`, `${c.en}: in time until ${t.en}, ${calendar.zone}.`);
}

export function promised(day: Day): Step {
  const t = dated(numberOf(day));
  return step('moved', `权利人已被告知截止 ${t.zh}，更正不得提前，仍以该日为准。`, `Its holder was told ${t.en}; a correction takes nothing away, so that day stays.`);
}

export function provisional(calendar: Calendar): Step {
  const { announcedThrough: d, version } = calendar;
  return step(
    'provisional',
    `暂定：节假日安排目前只公布到 ${d}（日历版本 ${version}），其后为推算，公布后可能变动。`,
    `Provisional: holidays are announced only through ${d} (calendar version ${version}); later days are computed, and the date may move when they are announced.`,
  );
}
