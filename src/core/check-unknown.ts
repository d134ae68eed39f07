import { alike } from './alike.ts';
import { type Path, type Problem, error } from './check-problem.ts';
import type { Text } from './text.ts';

type Kind = 'role' | 'action' | 'stage' | 'ladder' | 'duty' | 'field' | 'source' | 'calendar' | 'group' | 'link' | 'channel';

const KINDS: Readonly<Record<Kind, Text>> = {
  role: { zh: '角色', en: 'role' },
  action: { zh: '操作', en: 'action' },
  stage: { zh: '阶段', en: 'stage' },
  ladder: { zh: '逾期报告序列', en: 'ladder' },
  duty: { zh: '期限', en: 'duty' },
  field: { zh: '字段', en: 'field' },
  source: { zh: '依据', en: 'source' },
  calendar: { zh: '日历', en: 'calendar' },
  group: { zh: '分组', en: 'group' },
  link: { zh: '关联', en: 'link' },
  channel: { zh: '渠道', en: 'channel' },
};

/** A problem for each name that is not among those known. */
export function unknown(kind: Kind, known: readonly string[], names: readonly (readonly [Path, string])[]): Problem[] {
  const { zh, en } = KINDS[kind];
  const list = known.join(', ');
  return names
    .filter(([, name]) => !known.includes(name))
    .map(([path, name]) => {
      const like = known.find((k) => alike(k, name));
      return like === undefined
        ? error(path, `没有名为“${name}”的${zh}；已有：${list || '无'}。请改用其中之一，或先写明它。`,
            `There is no ${en} "${name}"; there are: ${list || 'none'}. Use one of these, or declare it.`)
        : error(path, `没有名为“${name}”的${zh}；是否指“${like}”？`, `There is no ${en} "${name}". Did you mean "${like}"?`);
    });
}

export const each = (path: Path, names: readonly string[]): (readonly [Path, string])[] => names.map((n, i) => [[...path, i], n]);
export const maybe = (path: Path, name: string | undefined): (readonly [Path, string])[] => (name === undefined ? [] : [[path, name]]);
