import { dayIn, officeOf, timeIn, versionsOf, zoneOf } from '../filing/index.ts';
import type { Copy, Delivered, PaperRow } from '../register/index.ts';
import { withRegister } from './connect.ts';
import type { Io } from './io.ts';
import { namesOf } from './names.ts';
import { printed } from './options.ts';
import { paint } from './paint.ts';
import { howOf, nameOf, stateOf, titleOf, whatOf } from './papers-words.ts';
import { pairs } from './table.ts';

const T = {
  zh: {
    receipt: '登记号', kind: '种类', to: '主送', versions: '各版', copies: '抄送', deliveries: '送达', none: '没有登记。', notYet: '尚未发给', given: '已发给', told: '已告知',
    date: '成文', filed: '归档', file: '文件', bytes: '字节', sha256: 'SHA-256', pdf: 'PDF', replaces: '替换', reason: '理由', by: '登记', givenUp: '作废理由', tracking: '挂号', proof: '证明', recorded: '登记于', version: (v: number) => `第 ${v} 版`,
  },
  en: {
    receipt: 'Receipt', kind: 'Kind', to: 'To', versions: 'Versions', copies: 'Copies', deliveries: 'Deliveries', none: 'Nothing is recorded.', notYet: 'not given yet', given: 'given', told: 'told',
    date: 'made', filed: 'filed', file: 'file', bytes: 'bytes', sha256: 'SHA-256', pdf: 'PDF', replaces: 'replaces', reason: 'reason', by: 'by', givenUp: 'given up', tracking: 'letter', proof: 'proof', recorded: 'recorded', version: (v: number) => `Version ${v}`,
  },
} as const;

/** A paper with all its versions, copies and deliveries. */
export async function showPaper(io: Io, number: string, json: boolean): Promise<void> {
  await withRegister(async (register) => {
    const versions = await versionsOf(register, number);
    const keys = versions.map((v) => v.key);
    const [copies, deliveries, office] = await Promise.all([register.papers.copies(keys), register.papers.deliveries(keys), officeOf(register)]);
    if (json) return io.out(printed({ versions, copies, deliveries }));
    const newest = versions.findLast((v) => v.state === 'filed') ?? versions.at(-1);
    if (!newest) return;
    const t = T[io.lang];
    const zone = zoneOf(office);
    const names = await namesOf(register, io.lang);
    const procedure = (await register.case(newest.receipt))?.procedure ?? '';
    const role = (id: string): string => names.role(procedure, id);
    const versionOf = (key: string): string => t.version(versions.find((v) => v.key === key)?.version ?? 1);

    io.out(paint.strong(`${nameOf(newest)}  ${titleOf(newest, io.lang)}`));
    for (const line of pairs([[t.receipt, newest.receipt], [t.kind, newest.kind], ...(newest.addressee === undefined ? [] : [[t.to, role(newest.addressee)] as const])])) io.out(line);
    for (const v of versions) for (const line of ['', ...versionLines(v)]) io.out(line);
    for (const line of ['', paint.strong(t.copies), ...copyLines(copies)]) io.out(line);
    for (const line of ['', paint.strong(t.deliveries), ...deliveryLines(deliveries)]) io.out(line);

    function versionLines(v: PaperRow): string[] {
      return [
        `${paint.strong(t.version(v.version))}  ${stateOf({ state: v.state, version: 1 }, io.lang)}`,
        ...pairs(present([
          [t.date, dayIn(zone, v.madeAt)], [t.filed, v.filedAt && timeIn(zone, v.filedAt)], [t.file, `${v.path}${v.size === undefined ? '' : `  (${v.size} ${t.bytes})`}`], [t.sha256, v.sha256],
          [t.pdf, v.pdfPath], [v.pdfPath === undefined ? '' : t.sha256, v.pdfSha256],
          [t.replaces, v.supersedes && `${versionOf(v.supersedes)}  (${t.sha256} ${v.replaced ?? '-'})`], [t.reason, v.reason], [t.by, byOf(v.by)], [t.givenUp, v.givenUp],
        ])),
      ];
    }
    function copyLines(all: readonly Copy[]): string[] {
      if (all.length === 0) return [`  ${t.none}`];
      const many = versions.length > 1;
      return all.map((c) => `  ${role(c.role)}${many ? `  ${versionOf(c.paper)}` : ''}  ${c.givenAt === undefined ? paint.warn(t.notYet) : `${isHandedOver(c) ? t.given : t.told} ${timeIn(zone, c.givenAt)}`}${c.person ? `  ${c.person}` : ''}${c.how ? `  ${c.how}` : ''}`);
    }
    function deliveryLines(all: readonly Delivered[]): string[] {
      if (all.length === 0) return [`  ${t.none}`];
      return all.flatMap((d) => [
        `  ${dayIn(zone, d.at)}  ${whatOf(d, io.lang)}  ${howOf(d, io.lang)}${versions.length > 1 ? `  ${versionOf(d.paper)}` : ''}`,
        ...pairs(present([[t.tracking, d.tracking], [t.proof, d.proof], [t.by, byOf(d.by)], [t.recorded, timeIn(zone, d.recordedAt)]]), 4),
      ]);
    }
    function byOf(by: PaperRow['by']): string | undefined {
      return by && `${role(by.role)}${by.person === undefined ? '' : ` (${by.person})`}`;
    }
  });
}

const BY_HAND: ReadonlySet<string> = new Set(['by-hand', 'in-person', 'post', 'electronic']);

/** Whether somebody has the copy itself; a notice by a channel only tells that it is there. */
const isHandedOver = ({ how }: Pick<Copy, 'how'>): boolean => how === undefined || BY_HAND.has(how);

const present = (entries: readonly (readonly [string, string | undefined])[]): (readonly [string, string])[] =>
  entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
