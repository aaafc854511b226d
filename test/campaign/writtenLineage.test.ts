import { test } from 'vitest';
import { expectAsWritten } from './written.ts';

/** Libraries as offices have them, each notice with where it belongs; the words are of no generator: years, versions, places. */

test('a renewal is the next year of the same campaign, whatever words say so', () => {
  const of = { of: '培训' };
  const city = { ...of, at: '白岭市', body: '白岭市教育局' };
  const county = { ...of, at: '石鼓县', body: '石鼓县教育局' };
  expectAsWritten({
    y1: {
      ...city,
      year: 2024,
      number: '白教〔2024〕12号',
      date: '2024年3月1日',
      title: '白岭市教育局关于开展2024年校外培训机构规范治理专项行动的通知',
    },
    y1k: {
      ...county,
      year: 2024,
      date: '2024年3月15日',
      title: '石鼓县教育局关于开展校外培训机构规范治理专项行动的通知',
      from: 'y1',
    },
    y2: {
      ...city,
      year: 2025,
      number: '白教〔2025〕10号',
      date: '2025年3月5日',
      title: '白岭市教育局关于开展2025年校外培训机构规范治理再提升行动的通知',
      renews: 'y1',
    },
    y2k: {
      ...county,
      year: 2025,
      date: '2025年3月30日',
      title: '石鼓县教育局关于开展校外培训机构规范治理巩固提升年行动的通知',
      from: 'y2',
      renews: 'y1k',
    },
    y3: {
      ...city,
      year: 2026,
      number: '白教〔2026〕8号',
      date: '2026年2月20日',
      title: '白岭市教育局关于持续深化校外培训机构规范治理专项行动的通知',
      renews: 'y2',
    },
    y3k: {
      ...county,
      year: 2026,
      date: '2026年3月10日',
      title: '石鼓县教育局关于开展校外培训机构规范治理专项行动“回头看”的通知',
      from: 'y3',
      renews: 'y2k',
    },
  });
});

test('the same from two sources, a correction, a supplement and a re-issue are versions; asking for figures is not', () => {
  const of = { of: '占压', at: '河口区', body: '河口区住房和城乡建设局' };
  const title = '关于开展燃气管道占压清理整治的通知';
  const text = [
    '一、整治范围',
    '对辖区内中压以上燃气管道逐段巡查，建筑物、构筑物、堆放物占压管道的，逐处登记造册，明确责任人和整改期限。',
    '二、工作要求',
    '各街道会同燃气经营企业每周通报进展，拒不拆除的依法强制拆除，六月底前全部清零。',
  ].join('\n');
  expectAsWritten({
    paper: { ...of, number: '河住建〔2025〕18号', date: '2025年4月3日', title, text },
    website: {
      ...of,
      date: '2025年4月3日',
      title: `河口区住房和城乡建设局${title}`,
      text: text.replaceAll('，', ', '),
      version: 'duplicate paper',
    },
    corrected: {
      ...of,
      number: '河住建〔2025〕22号',
      date: '2025年4月12日',
      title: `关于对《${title}》有关内容予以更正的通知`,
      text: `[[cite ${title}|河住建〔2025〕18号|mentioned]]中“六月底”更正为“五月底”。`,
      from: 'paper',
      version: 'correction paper',
    },
    erratum: {
      ...of,
      number: '河住建〔2025〕24号',
      date: '2025年4月18日',
      title: '关于更正河住建〔2025〕18号文件的通知',
      text: '[[cite |河住建〔2025〕18号|mentioned]]中的联系电话有误，现予更正。',
      campaign: '',
      from: 'paper',
      version: 'correction paper',
    },
    supplement: {
      ...of,
      number: '河住建〔2025〕27号',
      date: '2025年4月25日',
      title: '关于开展燃气管道占压清理整治的补充通知',
      text: '现就用户改造费用补充通知如下。',
      from: 'paper',
      version: 'correction paper',
    },
    again: {
      ...of,
      number: '河住建〔2025〕40号',
      date: '2025年6月9日',
      title: `关于重新印发《${title}》的通知`,
      text: `${text}\n三、附则\n原文件同时废止。`,
      from: 'paper',
      version: 'reissue paper',
    },
    figures: {
      ...of,
      number: '河住建〔2025〕30号',
      date: '2025年5月6日',
      title: '关于报送燃气管道占压清理整治情况的通知',
      text: '请于每月25日前报送。',
    },
  });
});

test('townships stand below their county, each with its own last year', () => {
  const of = { of: '禁烧' };
  const township = (body: string) => ({ ...of, at: '桑坪县', level: 'township', body });
  const county = { ...of, at: '桑坪县', body: '桑坪县人民政府办公室' };
  expectAsWritten({
    k1: {
      ...county,
      year: 2024,
      number: '桑政办发〔2024〕21号',
      date: '2024年5月10日',
      title: '桑坪县人民政府办公室关于开展秸秆禁烧专项行动的通知',
    },
    a1: {
      ...township('桑坪县青石乡人民政府'),
      year: 2024,
      date: '2024年5月18日',
      title: '青石乡人民政府关于开展秸秆禁烧专项行动的通知',
      from: 'k1',
    },
    b1: {
      ...township('桑坪县城关街道办事处'),
      year: 2024,
      date: '2024年5月20日',
      title: '城关街道办事处关于开展秸秆禁烧专项行动的通知',
      from: 'k1',
    },
    k2: {
      ...county,
      number: '桑政办发〔2025〕18号',
      date: '2025年5月12日',
      title: '桑坪县人民政府办公室关于开展2025年秸秆禁烧专项行动的通知',
      renews: 'k1',
    },
    a2: {
      ...township('桑坪县青石乡人民政府'),
      date: '2025年5月20日',
      title: '关于印发《青石乡2025年秸秆禁烧专项行动实施方案》的通知',
      from: 'k2',
      renews: 'a1',
    },
    b2: {
      ...township('桑坪县城关街道办事处'),
      date: '2025年5月19日',
      title: '城关街道关于开展秸秆禁烧巩固提升行动的通知',
      from: 'k2',
      renews: 'b1',
    },
    // A town of which nobody knows the county says which notice it follows.
    c2: {
      ...of,
      level: 'township',
      body: '沙河镇人民政府',
      date: '2025年5月22日',
      title: '沙河镇人民政府关于开展秸秆禁烧专项行动的通知',
      text: '按照[[cite |桑政办发〔2025〕18号|basis]]，',
      from: 'k2',
    },
  });
});

test('offices that number alike are told by their places', () => {
  const office = { of: '安委办', title: '关于开展涉爆粉尘企业专项检查的通知', number: '安委办〔2025〕3号' };
  const text =
    '各单位要对涉爆粉尘企业逐家检查除尘系统、防爆电气和清扫制度，建立问题台账，限期整改销号，并于每月底前报送。';
  const asked = (number: string) => `根据[[cite |${number}|basis]]，${text}`;
  expectAsWritten({
    lake: { ...office, at: '临湖市', body: '临湖市安全生产委员会办公室', date: '2025年3月3日', text },
    ridge: { ...office, at: '白岭市', body: '白岭市安全生产委员会办公室', date: '2025年3月4日', text },
    mulberry: {
      ...office,
      at: '桑坪县',
      body: '桑坪县安全生产委员会办公室',
      number: '安委办〔2025〕5号',
      date: '2025年3月20日',
      text: asked('安委办〔2025〕3号'),
      from: 'lake',
    },
    drum: {
      ...office,
      at: '石鼓县',
      body: '石鼓县安全生产委员会办公室',
      number: '安委办〔2025〕5号',
      date: '2025年3月9日',
      text: asked('安委办〔2025〕3号'),
      from: 'ridge',
    },
  });
});

test('of a fund campaign, passed on by a cover, issued jointly, run again the next year and looked back at in the same', () => {
  const of = { of: '基金' };
  const city = { ...of, at: '白岭市', body: '白岭市医疗保障局' };
  const county = { ...of, at: '石鼓县', body: '石鼓县医疗保障局' };
  const name = '定点医疗机构自查自纠专项行动';
  expectAsWritten({
    p: {
      ...of,
      at: '沂川省',
      body: '沂川省医疗保障局',
      number: '沂医保发〔2025〕7号',
      date: '2025年4月2日',
      title: `沂川省医疗保障局 沂川省卫生健康委员会关于开展2025年${name}的通知`,
    },
    c: {
      ...city,
      number: '白医保〔2025〕15号',
      date: '2025年4月15日',
      title: `关于转发《沂川省医疗保障局 沂川省卫生健康委员会关于开展2025年${name}的通知》的通知`,
      text: `现将[[cite 沂川省医疗保障局 沂川省卫生健康委员会关于开展2025年${name}的通知|沂医保发〔2025〕7号|forwarded]]转发给你们，请遵照执行。`,
      from: 'p',
    },
    k: {
      ...county,
      date: '2025年4月28日',
      title: `石鼓县医疗保障局关于印发《石鼓县${name}工作方案》的通知`,
      text: '根据[[cite |白医保〔2025〕15号|basis]]，制定本方案。',
      from: 'c',
    },
    back: {
      ...city,
      number: '白医保〔2025〕40号',
      date: '2025年11月6日',
      title: `白岭市医疗保障局关于开展${name}“回头看”的通知`,
      text: '按照省局要求开展“回头看”。',
      from: 'p',
      renews: 'c',
    },
    c2: {
      ...city,
      year: 2026,
      number: '白医保〔2026〕11号',
      date: '2026年4月20日',
      title: `白岭市医疗保障局关于开展2026年${name}的通知`,
      renews: 'c',
    },
    k2: {
      ...county,
      year: 2026,
      date: '2026年5月6日',
      title: `石鼓县医疗保障局关于开展2026年${name}的通知`,
      from: 'c2',
      renews: 'k',
    },
  });
});

test('two fire campaigns of one body, a letter asking for a meeting, and a county whose city has issued nothing', () => {
  const summer = { of: '夏季' };
  const homes = { of: '养老' };
  expectAsWritten({
    pSummer: {
      ...summer,
      at: '澄江省',
      body: '澄江省消防救援总队',
      number: '澄消〔2025〕44号',
      date: '2025年6月1日',
      title: '澄江省消防救援总队关于开展夏季消防安全检查的通知',
    },
    pHomes: {
      ...homes,
      at: '澄江省',
      body: '澄江省消防救援总队',
      number: '澄消〔2025〕46号',
      date: '2025年6月5日',
      title: '澄江省消防救援总队关于开展养老机构消防安全专项检查的通知',
    },
    kSummer: {
      ...summer,
      at: '东桥县',
      body: '东桥县消防救援大队',
      date: '2025年6月20日',
      title: '东桥县消防救援大队关于开展夏季消防安全检查的通知',
      from: 'pSummer',
    },
    kHomes: {
      ...homes,
      at: '东桥县',
      body: '东桥县消防救援大队',
      date: '2025年6月24日',
      title: '关于印发《东桥县养老机构消防安全专项检查实施方案》的通知',
      text: '根据[[cite 澄江省消防救援总队关于开展养老机构消防安全专项检查的通知||basis]]，制定本方案。',
      from: 'pHomes',
    },
    tHomes: {
      ...homes,
      at: '东桥县',
      level: 'township',
      body: '东桥县柳林街道办事处',
      date: '2025年7月2日',
      title: '柳林街道办事处关于开展养老机构消防安全专项检查的通知',
      from: 'kHomes',
    },
  });
});
