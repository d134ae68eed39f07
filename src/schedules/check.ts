import { schemaOf } from '../core/fields.ts';
import { idsIn } from '../core/index.ts';
import { RedressError } from '../errors.ts';
import type { Institution } from '../institution/index.ts';
import { loadProcedure } from '../procedures/load.ts';
import type { Schedule } from './schedule.ts';

/**
 * Whether each schedule opens something that there is, in a unit that there is, with what its procedure asks for: what
 * is wrong is told when the file is read and not on a Monday morning.
 * @throws RedressError `bad-schedule`, naming the entry; ProcedureError
 */
export function checkSchedules({ schedules, units, people }: Pick<Institution, 'schedules' | 'units' | 'people'>): void {
  for (const [name, schedule] of Object.entries(schedules ?? {})) checkOne(name, schedule, { units, people });
}

const known = (list: readonly string[]): string => list.join(', ');

function checkOne(name: string, { opens, unit, channel, fields, period }: Schedule, { units, people }: Pick<Institution, 'units' | 'people'>): void {
  const wrong = (part: string, zh: string, en: string): never => {
    throw new RedressError('bad-schedule', `schedules.${name}.${part}`, { zh: `定期任务 ${name}：${zh}`, en: `The schedule ${name}: ${en}` });
  };
  const procedure = loadProcedure(opens);
  if (!Object.hasOwn(units, unit)) wrong('unit', `没有“${unit}”这个单位；有：${known(Object.keys(units))}。`, `there is no unit "${unit}"; there are ${known(Object.keys(units))}.`);
  if (!Object.hasOwn(procedure.channels, channel))
    wrong('channel', `程序 ${opens} 没有“${channel}”这一渠道；可用：${known(Object.keys(procedure.channels))}。`, `${opens} has no channel "${channel}"; it has ${known(Object.keys(procedure.channels))}.`);
  if (period !== undefined && procedure.intake[period]?.kind !== 'text')
    wrong('period', `程序 ${opens} 登记时没有文本字段“${period}”。`, `${opens} has no text field "${period}" at intake.`);
  const parsed = schemaOf(procedure.intake).safeParse({ ...fields, ...(period === undefined ? {} : { [period]: '2026-W47' }) });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const field = issue?.code === 'unrecognized_keys' ? (issue.keys[0] ?? '') : String(issue?.path[0] ?? '');
    const kind = procedure.intake[field]?.kind;
    if (kind === undefined) wrong(`fields.${field}`, `程序 ${opens} 登记时没有字段 ${field}；有：${known(Object.keys(procedure.intake))}。`, `${opens} has no field ${field} at intake; it has ${known(Object.keys(procedure.intake))}.`);
    wrong(`fields.${field}`, `程序 ${opens} 登记时需要字段 ${field}（${kind}）。`, `${opens} needs the field ${field} (${kind}) at intake.`);
  }
  for (const [field, { kind }] of Object.entries(procedure.intake)) {
    const value = fields[field];
    if (typeof value !== 'string' || (kind !== 'people' && kind !== 'person' && kind !== 'unit')) continue;
    const isThere = (id: string): boolean => (kind === 'unit' ? Object.hasOwn(units, id) : id.startsWith('unit:') ? Object.hasOwn(units, id.slice(5)) : Object.hasOwn(people, id));
    const nobody = idsIn(value).find((id) => !isThere(id));
    if (nobody !== undefined) wrong(`fields.${field}`, `没有代号为“${nobody}”的人员或单位。`, `there is nobody, and no unit, called "${nobody}".`);
  }
}
