import { Instant } from '../core/index.ts';
import type { Lang } from '../core/text.ts';
import { dayOn } from '../figures/load.ts';
import type { Found, Named, Where } from '../figures/search.ts';
import { normal, wordsOf } from '../figures/words.ts';
import { loadProcedure } from '../procedures/load.ts';
import type { Register } from '../register/index.ts';
import type { SearchOptions } from './commands/search.ts';
import { withRegister } from './connect.ts';
import { UsageError } from './failure.ts';
import type { Io } from './io.ts';
import { tellOfMore } from './more.ts';
import { namesOf, type Names } from './names.ts';
import { printed } from './options.ts';
import { paint } from './paint.ts';
import { table } from './table.ts';

const USUAL = 50;

const T = {
  zh: { none: '没有找到。', head: ['登记号', '收到', '阶段', '单位', '状态', '见于', '摘录'], overdue: '逾期', closed: '已结案', open: '进行中', comma: '、' },
  en: { none: 'Nothing was found.', head: ['Receipt', 'Received', 'Stage', 'Unit', 'Status', 'In', 'Text'], overdue: 'overdue', closed: 'closed', open: 'open', comma: ', ' },
} as const;

const WHERE: Readonly<Record<Where, { zh: string; en: string }>> = {
  receipt: { zh: '登记号', en: 'receipt' }, intake: { zh: '来信', en: 'petition' }, timeline: { zh: '经过', en: 'timeline' }, unit: { zh: '单位', en: 'unit' }, stage: { zh: '阶段', en: 'stage' },
};

/** Shows the cases in which the words are. What is found goes to the output and nowhere else. */
export async function searchCases(io: Io, words: string, o: SearchOptions): Promise<void> {
  if (wordsOf(words).length === 0) throw new UsageError('words', { zh: '请写要找的词。', en: 'Say what to look for.' });
  await withRegister(async (register) => {
    await register.figures.makeSearchable((cases) => io.progress({ zh: `正在为 ${cases} 件旧事项建立检索`, en: `making ${cases} earlier cases searchable` }));
    io.done();
    const found = await register.figures.search({ words, personal: o.petitioner, limit: o.limit ?? USUAL, named: await namedIn(register) });
    if (o.json) return io.out(printed({ found }));
    if (found.length === 0) return io.out(T[io.lang].none);
    const names = await namesOf(register, io.lang);
    const head = T[io.lang].head.map((title, i) => ({ title, soft: i === 2 || i === 3 || i === 6 }));
    for (const line of table(head, found.map((one) => row(one, names, io.lang)))) io.out(line);
    tellOfMore(io, found.length, o.limit ?? USUAL);
  });
}

function row(f: Found, names: Names, lang: Lang): string[] {
  const t = T[lang];
  return [
    f.receipt, dayOn(f.calendar, Instant.parse(f.receivedAt)), names.stage(f.procedure, f.stage), names.unit(f.unit),
    f.overdue ? paint.bad(t.overdue) : f.closed ? paint.faint(t.closed) : t.open, f.where.map((w) => WHERE[w][lang]).join(t.comma), f.excerpt ?? '',
  ];
}

const within = (list: readonly (readonly [string, string])[], word: string): string[] => list.filter(([, name]) => name.includes(word)).map(([id]) => id);

/** Units and stages by what they are called in either language, for those are in the register by their ids alone. */
async function namedIn(register: Register): Promise<(word: string) => Named> {
  const units = Object.entries((await register.institution())?.units ?? {}).map(([id, { title }]) => [id, normal(`${id} ${title.zh} ${title.en}`)] as const);
  const { procedures } = await register.figures.rules();
  const stages = procedures.flatMap((id) => stagesOf(id).map(([stage, { title }]) => [`${id}/${stage}`, normal(`${stage} ${title.zh} ${title.en}`)] as const));
  return (word) => ({ units: within(units, word), stages: within(stages, word) });
}

function stagesOf(id: string) {
  try {
    return Object.entries(loadProcedure(id).stages);
  } catch {
    return [];
  }
}
