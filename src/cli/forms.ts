import { instantOf, type Procedure } from '../core/index.ts';
import { formOf, formsOf, intakeForm, jsonSchemaOf } from '../core/forms.ts';
import type { Lang } from '../core/text.ts';
import { loadProcedure } from '../procedures/load.ts';
import type { ActOptions } from './commands/act.ts';
import { withRedress } from './connect.ts';
import { UsageError } from './failure.ts';
import { fieldLines, formLines, underHeadings } from './forms-lines.ts';
import type { Io } from './io.ts';
import { printed } from './options.ts';
import { paint } from './paint.ts';

const T = {
  zh: { now: (r: string, s: string) => `${r} 处于“${s}”，现在可以办理：`, none: '现在没有可以办理的操作。', intake: '登记', channel: '渠道', by: (roles: string) => `（${roles}）` },
  en: { now: (r: string, s: string) => `What can be done now in ${r}, which is "${s}":`, none: 'Nothing can be done now.', intake: 'At intake', channel: 'channel', by: (roles: string) => ` (${roles})` },
} as const;

/** What can be done in a case now, in order, with what each needs. */
export async function listForms(io: Io, receipt: string, o: ActOptions): Promise<void> {
  const [stray] = [...(o.field.length > 0 ? ['--field'] : []), ...(['at', 'instance', 'key', 'note'] as const).filter((name) => o[name] !== undefined).map((name) => `--${name}`)];
  if (stray !== undefined) throw new UsageError('action', { zh: `${stray} 须与操作一起写，如 redress act ${receipt} accept；只看可办的操作时不写 ${stray}。`, en: `${stray} goes with an action, as in redress act ${receipt} accept; to see what can be done, leave it out.` });
  await withRedress(async (redress) => {
    const { state } = await redress.story(receipt);
    const { procedure } = state;
    knowsRole(procedure, o.as);
    const forms = formsOf(state, instantOf(Date.now()), { role: o.as, person: o.person });
    if (o.json) return io.out(printed({ receipt: state.receipt, stage: state.stage, forms: forms.map((f) => ({ ...f, schema: jsonSchemaOf(procedure.actions[f.action]?.fields ?? {}) })) }));
    const t = T[io.lang];
    io.out(paint.strong(t.now(state.receipt, procedure.stages[state.stage]?.title[io.lang] ?? state.stage)));
    for (const line of forms.length > 0 ? formLines(procedure, forms, io.lang) : [t.none]) io.out(line);
  });
}

function knowsRole({ id, roles }: Procedure, role: string | undefined): void {
  if (role === undefined || Object.hasOwn(roles, role)) return;
  const known = Object.keys(roles).join(', ');
  throw new UsageError('--as', { zh: `程序 ${id} 没有“${role}”这一角色；有：${known}。`, en: `Procedure ${id} has no role "${role}"; it has ${known}.` });
}

/** The forms of a procedure: intake, and every action in the order in which a clerk sees them. */
export function procedureForms(io: Io, name: string, json: boolean): void {
  const p = loadProcedure(name);
  if (json)
    return io.out(printed({
      intake: { ...intakeForm(p), schema: jsonSchemaOf(p.intake) },
      actions: Object.entries(p.actions).map(([action, { title, by, group, fields }]) => ({ action, title, by, ...(group === undefined ? {} : { group }), fields: formOf(fields), schema: jsonSchemaOf(fields) })),
    }));
  for (const line of linesOf(p, io.lang)) io.out(line);
}

function linesOf(p: Procedure, lang: Lang): string[] {
  const t = T[lang];
  const { channels, fields } = intakeForm(p);
  const actions = Object.entries(p.actions).map(([action, rule]) => ({ action, group: rule.group, rule }));
  return [
    paint.strong(`${p.title[lang]}  ${p.id} v${p.version}`),
    paint.strong(t.intake),
    ...fieldLines(p, [{ name: 'channel', kind: 'choice', title: { zh: T.zh.channel, en: T.en.channel }, optional: false, choices: channels }, ...fields], lang, 2),
    ...underHeadings(p, actions, lang, ({ action, rule }) => [
      `  ${paint.strong(action)}  ${rule.title[lang]}${paint.faint(t.by(rule.by.join(lang === 'zh' ? '、' : ', ')))}`,
      ...fieldLines(p, formOf(rule.fields), lang),
    ]),
  ];
}
