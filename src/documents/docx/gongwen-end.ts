import { FrameAnchorType, HorizontalPositionAlign, type IParagraphOptions, LineRuleType, Paragraph, ShadingType, Tab, TabStopType, TextRun, VerticalPositionAlign } from 'docx';
import type { Sheet } from '../sheet.ts';
import { day } from '../words.ts';
import { AREA, CHAR, LINE, mm, pt, widthOf } from './units.ts';

/** What stands below the text: attachments, signature and date, how to reach the sender, and the record of copies. */
export function end(sheet: Sheet): Paragraph[] {
  return [...attachments(sheet), ...signature(sheet), ...contact(sheet), ...copies(sheet)];
}

/** 7.3.4: one line below the text, two characters in, without punctuation after the names. */
function attachments({ attachments: list }: Sheet): Paragraph[] {
  const one = list.length === 1;
  return list.map((name, i) => {
    const mark = one ? '' : `${i + 1}. `;
    const hanging = (i === 0 ? 3 * CHAR : 0) + (one ? 0 : CHAR);
    return new Paragraph({
      style: 'Attachment',
      keepNext: true,
      spacing: { before: i === 0 ? LINE : 0 },
      indent: { left: 5 * CHAR + (one ? 0 : CHAR), hanging },
      children: [new TextRun(`${i === 0 ? '附件：' : ''}${mark}${name}`)],
    });
  });
}

/** 7.3.5. Minutes have neither. */
function signature(sheet: Sheet): Paragraph[] {
  const { from, date, seal, form } = sheet;
  if (form === 'minutes') return [];
  const [signer, written] = [from.signer ?? from.name, day(date, 'zh')];
  const [name, dated] = [widthOf(signer), widthOf(written)];
  const [inName, inDate] = seal ? centred(name, dated) : staggered(name, dated);
  return [signed(signer, inName, 2 * LINE, false), signed(written, inDate, 0, contact(sheet).length === 0)];
}

const signed = (text: string, indent: number, before: number, last: boolean): Paragraph =>
  new Paragraph({ style: 'Signature', keepNext: !last, spacing: { before }, indent: { right: Math.round(indent * CHAR) }, children: [new TextRun(text)] });

/** With a seal the date ends four characters in, and the name is centred over it. */
const centred = (name: number, dated: number): [number, number] => {
  const inName = 4 + (dated - name) / 2;
  return inName >= 0 ? [inName, 4] : [0, (name - dated) / 2];
};

/** Without one the name ends two characters in and the date begins two characters after it; the longer line decides. */
const staggered = (name: number, dated: number): [number, number] => {
  const inDate = Math.max(2, name - dated);
  return [inDate + dated + 2 - name, inDate];
};

/** 7.3.6, a note in brackets: whom the petitioner can ask. */
function contact({ addressee, from }: Sheet): Paragraph[] {
  if (!addressee?.petitioner) return [];
  const parts = [
    from.address === undefined ? [] : [`地址：${from.address}`],
    from.postcode === undefined ? [] : [`邮政编码：${from.postcode}`],
    from.phone === undefined ? [] : [`联系电话：${from.phone}`],
  ].flat();
  return parts.length === 0 ? [] : [new Paragraph({ style: 'Contact', children: [new TextRun(`（${parts.join('；')}）`)] })];
}

/** 7.4: at the foot of the last page, between rules, 四号仿宋, one character in on both sides. */
function copies({ copies: to, from, date }: Sheet): Paragraph[] {
  if (to.length === 0) return [];
  const frame: IParagraphOptions['frame'] = {
    type: 'alignment',
    width: AREA.width,
    anchor: { horizontal: FrameAnchorType.MARGIN, vertical: FrameAnchorType.MARGIN },
    alignment: { x: HorizontalPositionAlign.CENTER, y: VerticalPositionAlign.BOTTOM },
  };
  // A rule is a line that is all shade: LibreOffice takes paragraphs with borders for no frame.
  const rule = (mm100: number): Paragraph =>
    new Paragraph({ frame, shading: { type: ShadingType.CLEAR, fill: '000000' }, spacing: { line: mm(mm100 / 100), lineRule: LineRuleType.EXACT }, children: [new TextRun({ text: ' ', size: 2 })] });
  const inset = pt(14);
  return [
    rule(35),
    new Paragraph({ style: 'Record', frame, indent: { left: 4 * inset, right: inset, hanging: 3 * inset }, children: [new TextRun(`抄送：${to.join('，')}。`)] }),
    rule(25),
    new Paragraph({
      style: 'Record', frame,
      tabStops: [{ type: TabStopType.RIGHT, position: AREA.width - inset }],
      children: [new TextRun({ children: [from.name, new Tab(), `${day(date, 'zh')}印发`] })],
    }),
    rule(35),
    // What the frame is held by.
    new Paragraph({ spacing: { line: 20, lineRule: LineRuleType.EXACT }, children: [new TextRun({ text: '', size: 2 })] }),
  ];
}
