/** A seeded generator (mulberry32): the same cases on every machine. */
export function random(seed: number): () => number {
  let s = seed >>> 0;
  return () => {
    s = (s + 0x6d2b79f5) >>> 0;
    let t = Math.imul(s ^ (s >>> 15), s | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What letters to an office are about, in the words they use. */
export const WORDS = `土地 征收 补偿 安置 拆迁 宅基地 承包 流转 林地 界址 确权 农民工 工资 拖欠 合同 社保 养老金 低保 医保 报销 残疾 退役 优抚
住房 公租房 漏水 电梯 物业 停车 噪音 油烟 施工 扬尘 污水 垃圾 路灯 道路 积水 井盖 公交 站点 学校 入学 学区 幼儿园 医院 挂号 药品
食品 过期 消费 退款 预付卡 健身房 网购 电费 水费 燃气 供暖 宽带 诈骗 派出所 户口 身份证 婚姻 继承 遗产 纠纷 调解 仲裁 诉讼 判决
执行 赔偿 邻里 村委会 居委会 账目 公开 选举 干部 作风 推诿 态度 窗口 排队 材料 证明 盖章 审批 许可 执照 税务 发票 小区 业主 委员会
维修 基金 楼道 杂物 消防 通道 充电 电动车 河道 排水 堤坝 灌溉 种子 化肥 补贴 养殖 畜禽 疫苗 鱼塘 水库 移民 扶贫 危房 改造 自来水 停水 停电
请求 反映 希望 尽快 解决 处理 答复 多次 至今 未果 依法 核实 情况 属实 不服 要求 申请 咨询 建议 投诉 举报 感谢 三月 去年 今年 上周 门口 附近 东侧 西边 二楼
hospital bus refund noise school permit lease`.split(/\s+/);

/** Some words in a row, as nobody would write them but with the letters and the lengths that people use. */
export function phrase(next: () => number, words: number): string {
  let out = '';
  for (let i = 0; i < words; i += 1) {
    const word = WORDS[Math.floor(next() * WORDS.length)] ?? '';
    out += /^[a-z]/.test(word) ? ` ${word} ` : word;
    if (i % 4 === 3 && i < words - 1) out += '，';
  }
  return out.trim();
}
