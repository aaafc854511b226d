import { describe, expect, test } from 'vitest';
import { campaignName, sameCampaign, sureName } from '../../pipeline/campaign/names.ts';

const sure = (a: string, b: string) => sameCampaign(campaignName(a), campaignName(b));

describe('one campaign under several names', () => {
  test.each([
    ['农资打假“春雷”行动', '农资打假“春雷”巩固提升行动'],
    ['云浦县2025年学校食堂食品安全专项整治行动', '关于开展学校食堂食品安全专项整治的通知'],
    ['关于印发《青原省瓶装液化石油气“瓶安”专项整治行动实施方案》的通知', '柳川市瓶装液化石油气“瓶安”专项整治行动'],
    ['2023年医保基金监管集中整治', '2024年医保基金监管集中整治巩固提升行动'],
    ['大型商业综合体消防安全专项整治行动', '大型商业综合体消防安全专项治理'],
    ['清风百日行动', '关于印发《桑坪县“清风百日行动”实施方案》的通知'],
    ['青石乡2025年秸秆禁烧专项行动实施方案', '秸秆禁烧专项行动'],
    ['关于开展燃气管道占压清理整治的补充通知', '关于报送燃气管道占压清理整治进展情况的通知'],
  ])('%s = %s', (a, b) => {
    expect(sure(a, b)).toBeGreaterThanOrEqual(0.5);
  });

  test.each([
    ['农资打假“春雷”行动', '农资打假“秋风”行动'],
    ['危险化学品安全专项整治', '烟花爆竹安全专项整治'],
    ['学校食堂食品安全专项整治', '养老机构消防安全专项整治'],
    ['燃气安全专项检查', '防汛安全专项检查'],
    ['旅游景区消防安全专项整治', '住宅小区消防安全专项整治'],
    ['商场超市消防安全专项整治', '农贸市场消防安全专项整治'],
  ])('%s ≠ %s', (a, b) => {
    expect(sure(a, b)).toBeLessThan(0.5);
  });

  test.each([
    ['食品安全专项整治', '校园食品安全专项整治'],
    ['百日行动', '清风百日行动'],
  ])('%s may be short for %s or another: the name alone does not say', (a, b) => {
    expect(sure(a, b)).toBeLessThan(sureName);
  });

  test('a renewal says so', () => {
    expect(campaignName('农资打假“春雷”巩固提升行动').renews).toBe(true);
    expect(campaignName('农资打假“春雷”行动').renews).toBe(false);
  });
});
