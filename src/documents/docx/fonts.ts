import type { IFontAttributesProperties } from 'docx';

/** Figures and letters of other scripts are in Times New Roman, whatever the Chinese beside them is in. */
const face = (eastAsia: string, hint: 'eastAsia' | 'default' = 'eastAsia'): IFontAttributesProperties =>
  ({ ascii: 'Times New Roman', hAnsi: 'Times New Roman', cs: 'Times New Roman', eastAsia, hint });

// The hint says that quotation marks, dashes and dots between Chinese words are Chinese ones, as wide as a character.
export const FACES = {
  body: face('仿宋_GB2312'),
  title: face('方正小标宋简体'),
  heading: face('黑体'),
  subheading: face('楷体_GB2312'),
  page: { ...face('宋体'), ascii: '宋体', hAnsi: '宋体' },
  letter: face('宋体', 'default'),
} as const;

interface Known { readonly name: string; readonly instead: string; readonly family: 'roman' | 'swiss' | 'script'; readonly charset: '86' | '00' }

/** What to take where a machine has not got the font: Word reads this table, and `office.ts` tells LibreOffice the same. */
export const FONTS: readonly Known[] = [
  { name: '仿宋_GB2312', instead: 'FangSong,仿宋,STFangsong,FZFangSong-Z02,Noto Serif CJK SC', family: 'roman', charset: '86' },
  { name: '方正小标宋简体', instead: 'FZXiaoBiaoSong-B05S,FZXiaoBiaoSong-B05,STZhongsong,SimSun,Noto Serif CJK SC', family: 'roman', charset: '86' },
  { name: '黑体', instead: 'SimHei,STHeiti,WenQuanYi Zen Hei,Noto Sans CJK SC', family: 'swiss', charset: '86' },
  { name: '楷体_GB2312', instead: 'KaiTi,楷体,STKaiti,AR PL UKai CN,Noto Serif CJK SC', family: 'script', charset: '86' },
  { name: '宋体', instead: 'SimSun,STSong,Noto Serif CJK SC', family: 'roman', charset: '86' },
  // The Korean cut, for its quotation marks are as narrow as English ones.
  { name: 'Times New Roman', instead: 'Liberation Serif,Tinos,Nimbus Roman,Noto Serif CJK KR', family: 'roman', charset: '00' },
];

/** word/fontTable.xml */
export const fontTable = (): string =>
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
  + '<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
  + FONTS.map((f) => `<w:font w:name="${f.name}"><w:altName w:val="${f.instead}"/><w:charset w:val="${f.charset}"/><w:family w:val="${f.family}"/><w:pitch w:val="variable"/></w:font>`).join('')
  + '</w:fonts>';
