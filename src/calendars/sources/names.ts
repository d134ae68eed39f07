import type { Text } from '../../core/text.ts';

/** Chinese names of the holidays of other countries. A name that is missing here stops the generator. */
const ZH: Readonly<Record<string, string>> = {
  '150 years of Italian unity': '意大利统一一百五十周年',
  "All Saints' Day": '诸圣节',
  'Ascension Day': '耶稣升天节',
  Assumption: '圣母升天节',
  'Battle of the Boyne (Orangemen’s Day)': '博因河战役纪念日',
  'Boxing Day': '节礼日',
  'Christmas Day': '圣诞节',
  'Columbus Day': '哥伦布日',
  'Day of German Unity': '德国统一日',
  'Early May bank holiday': '五月初银行假日',
  'Early May bank holiday (VE day)': '五月初银行假日（欧洲胜利日）',
  'Easter Monday': '复活节星期一',
  'Easter Sunday': '复活节',
  Epiphany: '主显节',
  'Good Friday': '耶稣受难日',
  'Immaculate Conception': '圣母无染原罪节',
  'Independence Day': '独立日',
  'January 2nd': '一月二日假日',
  Juneteenth: '六月节',
  "King Charles III's Coronation": '国王查尔斯三世加冕假日',
  "King's Day": '国王节',
  'Labor Day': '劳动节',
  'Labour Day': '劳动节',
  'Liberation Day': '解放日',
  'Liberation from Nazi-Fascism (1945)': '解放纪念日',
  'Martin Luther King Jr. Day': '马丁·路德·金日',
  'Memorial Day': '纪念日',
  'National Day of Saint Francis of Assisi': '圣方济各节',
  "New Year's Day": '元旦',
  Pentecost: '圣灵降临节',
  "Queen Elizabeth's Funeral Day": '女王伊丽莎白二世国葬日',
  "Queen's Day": '女王节',
  'Queen’s Diamond Jubilee': '女王登基六十周年假日',
  'Queen’s Platinum Jubilee': '女王登基七十周年假日',
  'Reformation Day': '宗教改革日',
  'Republic Day': '共和国日',
  "Saint Stephen's Day": '圣斯德望日',
  'Second Day of Christmas': '圣诞次日',
  'Spring bank holiday': '春季银行假日',
  'St Andrew’s Day': '圣安德鲁日',
  'St Patrick’s Day': '圣帕特里克日',
  'Summer bank holiday': '夏季银行假日',
  'Thanksgiving Day': '感恩节',
  'Veterans Day': '退伍军人节',
  "Washington's Birthday": '华盛顿诞辰日',
  'Whit Monday': '圣灵降临节星期一',
};

/** Both names of a holiday; a day that stands in for another says so. */
export function named(english: string, substitute: boolean): Text {
  const zh = ZH[english];
  if (zh === undefined) throw new Error(`no Chinese name for "${english}": add it to names.ts`);
  return substitute ? { zh: `${zh}（补假）`, en: `${english} (substitute day)` } : { zh, en: english };
}
