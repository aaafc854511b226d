import { describe, expect, test } from 'vitest';
import { expectAsWritten, library } from './written.ts';

/** Libraries as offices have them, each notice with where it belongs; the words are of no generator: which campaign it is of. */

const market = (at: string) => `${at}市场监督管理局`;

describe('a name within another is another campaign', () => {
  test('食品安全 and 校园食品安全 run beside each other, on four levels', () => {
    const food = { of: '食品' };
    const school = { of: '校园' };
    expectAsWritten({
      pFood: {
        ...food,
        at: '沂川省',
        body: market('沂川省'),
        number: '沂市监发〔2025〕11号',
        date: '2025年3月3日',
        title: '沂川省市场监督管理局关于开展食品安全专项整治的通知',
      },
      pSchool: {
        ...school,
        at: '沂川省',
        body: market('沂川省'),
        number: '沂市监发〔2025〕14号',
        date: '2025年3月10日',
        title: '沂川省市场监督管理局关于开展校园食品安全专项整治行动的通知',
      },
      cFood: {
        ...food,
        at: '临湖市',
        body: market('临湖市'),
        number: '临市监〔2025〕20号',
        date: '2025年3月20日',
        title: '关于开展全市食品安全专项整治的通知',
        text: '按照省局部署，开展全市食品安全专项整治。',
        from: 'pFood',
      },
      cSchool: {
        ...school,
        at: '临湖市',
        body: market('临湖市'),
        number: '临市监〔2025〕21号',
        date: '2025年3月22日',
        title: '关于印发《2025年校园食品安全专项整治工作方案》的通知',
        text: '按照省局部署，制定本方案。',
        from: 'pSchool',
      },
      kFood: {
        ...food,
        at: '桑坪县',
        body: market('桑坪县'),
        date: '2025年4月8日',
        title: '桑坪县市场监督管理局关于开展食品安全专项整治行动的通知',
        from: 'cFood',
      },
      kSchool: {
        ...school,
        at: '河口区',
        body: market('河口区'),
        date: '2025年4月10日',
        title: '河口区市场监督管理局关于开展校园食品安全集中整治的通知',
        from: 'cSchool',
      },
      tSchool: {
        ...school,
        at: '河口区',
        level: 'township',
        body: '河口区白沙镇人民政府',
        date: '2025年4月20日',
        title: '白沙镇人民政府关于开展校园食品安全专项整治的通知',
        from: 'kSchool',
      },
      bSchool: {
        ...school,
        at: '白岭市',
        body: market('白岭市'),
        number: '白市监〔2025〕9号',
        date: '2025年3月25日',
        title: '关于开展校园食品安全专项整治行动的通知',
        from: 'pSchool',
      },
      sSchool: {
        ...school,
        at: '石鼓县',
        body: market('石鼓县'),
        date: '2025年4月1日',
        title: '关于开展校园食品安全专项整治行动的通知',
        text: '根据[[cite |白市监〔2025〕9号|basis]]要求，',
        from: 'bSchool',
      },
      feast: {
        of: '聚餐',
        at: '桑坪县',
        body: market('桑坪县'),
        date: '2025年4月12日',
        title: '桑坪县市场监督管理局关于开展农村集体聚餐食品安全专项整治的通知',
      },
    });
  });

  test('where one body issues under both, they are two, however much their texts have in common', () => {
    const text = [
      '一、检查重点',
      ...['经营超过保质期的食品', '从业人员无健康证明上岗', '进货查验记录不全', '超范围使用食品添加剂'].map(
        (item) => `[[重点检查@:${item}]]。`,
      ),
      '二、工作要求',
      '各单位要压实责任，建立问题、整改、销号三张清单，对拒不整改的依法处理，每月底前报送进展情况。',
    ].join('\n');
    const school = { of: '校园', text };
    const food = { of: '食品', text };
    expectAsWritten({
      pSchool: {
        ...school,
        at: '沂川省',
        body: market('沂川省'),
        date: '2025年3月10日',
        title: '沂川省市场监督管理局关于开展校园食品安全专项整治行动的通知',
      },
      cSchool: {
        ...school,
        at: '临湖市',
        body: market('临湖市'),
        date: '2025年3月20日',
        title: '临湖市市场监督管理局关于开展校园食品安全专项整治行动的通知',
        from: 'pSchool',
      },
      cFood: {
        ...food,
        at: '临湖市',
        body: market('临湖市'),
        date: '2025年3月25日',
        title: '临湖市市场监督管理局关于开展食品安全专项整治行动的通知',
      },
      kFood: {
        ...food,
        at: '桑坪县',
        body: market('桑坪县'),
        date: '2025年4月8日',
        title: '桑坪县市场监督管理局关于开展食品安全专项整治的通知',
        from: 'cFood',
      },
    });
  });

  test('百日行动 is short for the one its number says, 清风百日行动 is another', () => {
    const safe = { of: '安全' };
    const wind = { of: '清风' };
    expectAsWritten({
      pSafe: {
        ...safe,
        at: '沂川省',
        body: '沂川省应急管理厅',
        number: '沂应急〔2025〕30号',
        date: '2025年5月6日',
        title: '沂川省应急管理厅关于开展安全生产百日行动的通知',
      },
      cSafe: {
        ...safe,
        at: '临湖市',
        body: '临湖市应急管理局',
        number: '临应急〔2025〕16号',
        date: '2025年5月15日',
        title: '临湖市应急管理局关于开展百日行动的通知',
        text: '根据[[cite |沂应急〔2025〕30号|basis]]，',
        from: 'pSafe',
      },
      kSafe: {
        ...safe,
        at: '桑坪县',
        body: '桑坪县应急管理局',
        date: '2025年5月25日',
        title: '桑坪县应急管理局关于开展百日行动的通知',
        from: 'cSafe',
      },
      pWind: {
        ...wind,
        at: '沂川省',
        body: '沂川省林业局',
        number: '沂林护〔2025〕12号',
        date: '2025年5月8日',
        title: '沂川省林业局关于开展清风百日行动的通知',
      },
      cWind: {
        ...wind,
        at: '临湖市',
        body: '临湖市林业局',
        number: '临林〔2025〕7号',
        date: '2025年5月18日',
        title: '临湖市林业局关于开展清风百日行动的通知',
        from: 'pWind',
      },
      kWind: {
        ...wind,
        at: '桑坪县',
        body: '桑坪县林业局',
        date: '2025年5月28日',
        title: '关于印发《桑坪县“清风百日行动”实施方案》的通知',
        from: 'cWind',
      },
    });
  });
});

describe('one name in two provinces', () => {
  const title = '关于开展非法小化工专项整治的通知';
  const here = { of: '沂川' };
  const there = { of: '澄江' };
  const ofBoth = {
    p: {
      ...here,
      at: '沂川省',
      body: '沂川省应急管理厅',
      number: '沂应急〔2025〕8号',
      date: '2025年2月10日',
      title: `沂川省应急管理厅${title}`,
    },
    c: {
      ...here,
      at: '临湖市',
      body: '临湖市应急管理局',
      date: '2025年2月20日',
      title,
      text: `按照[[cite ${title}||basis]]，`,
      from: 'p',
    },
    k: { ...here, at: '桑坪县', body: '桑坪县应急管理局', date: '2025年3月1日', title, from: 'c' },
    c2: {
      ...there,
      at: '南浦市',
      body: '南浦市应急管理局',
      date: '2025年2月21日',
      title,
      text: `按照[[cite ${title}||basis]]，`,
      from: 'missing:960000关于开展非法小化工专项整治的通知',
    },
    k2: { ...there, at: '东桥县', body: '东桥县应急管理局', date: '2025年3月2日', title, from: 'c2' },
  };

  test('stays two, also where each cites its own by the same title', () => expectAsWritten(ofBoth));

  test('is one where both answer the nation', () => {
    const nation = {
      of: 'one',
      body: '国家应急管理部',
      number: '应急〔2025〕3号',
      date: '2025年1月15日',
      title: '应急管理部关于开展非法小化工专项整治的通知',
    };
    const { p, c, k, c2, k2 } = ofBoth;
    const text = '按照[[cite 关于开展非法小化工专项整治的通知|应急〔2025〕3号|basis]]，';
    const of = 'one';
    expectAsWritten({
      nation,
      p: { ...p, of, text, from: 'nation' },
      c: { ...c, of },
      k: { ...k, of },
      c2: { ...c2, of, text, from: 'nation' },
      k2: { ...k2, of },
    });
  });

  test('what is not here stands there with all that its citers say of it', () => {
    const body = '澄江省应急管理厅';
    const city = { of: 'x', at: '南浦市', body: '南浦市应急管理局', date: '2025年2月21日', title };
    const county = { of: 'x', at: '东桥县', body: '东桥县应急管理局', date: '2025年3月2日', title };
    const { missing, campaigns } = library({
      city: { ...city, text: `按照[[cite |澄应急〔2025〕5号|basis]]，` },
      county: { ...county, text: `按照[[cite ${body}${title}|澄应急〔2025〕5号|basis]]，` },
    });
    expect(missing).toMatchObject([
      {
        documentNumber: '澄应急〔2025〕5号',
        title: `${body}${title}`,
        issuingBody: body,
        administrativeLevel: 'provincial',
        region: { code: '960000', name: '澄江省' },
        year: 2025,
        citedBy: [{ id: 'city' }, { id: 'county' }],
      },
    ]);
    expect(campaigns).toHaveLength(1);
  });
});
