import { describe, expect, test } from 'vitest';
import { headingMarker } from '../../models/text/markers.ts';

/** level value manner | rest of the line */
const marker = (text: string, expected: string | undefined) =>
  test(`${text} → ${expected ?? 'no marker'}`, () => {
    const found = headingMarker(text);
    expect(found && `${found.level} ${found.value} ${found.manner} | ${text.slice(found.end)}`).toBe(expected);
  });

describe('the four levels of GB/T 9704-2012, 7.3.3', () => {
  marker('一、工作目标', '1 1 一、 | 工作目标');
  marker('二十、其他', '1 20 一、 | 其他');
  marker('（一）加强领导', '2 1 （一） | 加强领导');
  marker('1.充装企业', '3 1 1. | 充装企业');
  marker('（1）自查', '4 1 （1） | 自查');
});

describe('other manners that are printed', () => {
  marker('(二) 加强领导', '2 2 （一） | 加强领导');
  marker('一）自查', '2 1 一） | 自查');
  marker('1、自查', '3 1 1. | 自查');
  marker('1．目标', '3 1 1. | 目标');
  marker('1）自查', '4 1 1） | 自查');
  marker('①登记', '5 1 ① | 登记');
  marker('⑳末项', '5 20 ① | 末项');
  marker('3.4月15日前完成', '3 3 1. | 4月15日前完成');
  marker('第一章 总则', '1 1 第章 | 总则');
  marker('第二节 检查', '2 2 第节 | 检查');
  marker('第 三 条 内容', '3 3 第条 | 内容');
  marker('1.2编制依据', '2 2 1.1 | 编制依据');
  marker('1.2 编制依据', '2 2 1.1 | 编制依据');
  marker('2.1.10 善后组', '3 10 1.1 | 善后组');
});

describe('numbers that are part of the text', () => {
  marker('1.5万元', undefined);
  marker('3.15专项', undefined);
  marker('2.5公里范围内', undefined);
  marker('1.5 小时内', undefined);
  marker('1.0版', undefined);
  marker('2025.4.22', undefined);
  marker('100.过多', undefined);
  marker('一是加强领导', undefined);
  marker('第三条规定', undefined);
  marker('第三条第二款', undefined);
  marker('第一节点', undefined);
});

describe('a marker without a text is a cell or a page number', () => {
  marker('三、', undefined);
  marker('12.', undefined);
  marker('①', undefined);
});

test('the number is as printed, without layout spaces', () => {
  expect(headingMarker('第 三 条 内容')?.number).toBe('第三条');
  expect(headingMarker('(二) 加强')?.number).toBe('(二)');
});
