import { type LayoutBlock, type LayoutLine, type LayoutTable, layoutLine } from '../../models/index.ts';
import { cellText } from './gridTable.ts';

/**
 * The table that government sites print over an article. 《政府信息公开目录系统实施指引》 names 索引号, 名称, 发布机构,
 * 生成日期, 文号 and so on; the rest are names seen on sites. A strong name stands nowhere but in such tables.
 */
const strongNames = [
  '索引号',
  '信息索引号',
  '索引',
  '主题分类',
  '体裁分类',
  '组配分类',
  '信息分类',
  '服务对象分类',
  '公文种类',
  '发文机关',
  '发文单位',
  '发布机构',
  '发布机关',
  '发布单位',
  '公开机构',
  '制发机关',
  '成文日期',
  '生成日期',
  '成文时间',
  '发文日期',
  '发文时间',
  '发布日期',
  '发布时间',
  '公布日期',
  '公开日期',
  '公开时间',
  '发文字号',
  '信息名称',
  '文件名称',
  '主题词',
  '有效性',
  '时效性',
  '效力状态',
  '有效期',
  '公开方式',
  '公开形式',
  '公开时限',
  '公开范围',
  '公开责任部门',
  '体裁',
  '文件编号',
  '统一编号',
  '规范性文件编号',
  '登记号',
  '废止日期',
  '失效日期',
  '施行日期',
  '实施日期',
  '生效日期',
  '浏览次数',
  '阅读次数',
  '点击数',
  '点击次数',
  '阅读量',
  '内容概述',
  '信息公开类别',
] as const;
const weakNames = [
  '标题',
  '文号',
  '名称',
  '分类',
  '类别',
  '来源',
  '信息来源',
  '文章来源',
  '关键词',
  '作者',
  '责任编辑',
  '编辑',
  '语种',
  '概述',
  '主题',
  '所属主题',
  '备注',
] as const;
/** Buttons that stand in the same row; they end a value and are none. */
const buttonNames = ['字体', '字号', '字体大小', '打印', '分享到', '分享', '视力保护色'] as const;
const strong = new Set<string>(strongNames);
const known = new Set<string>([...strongNames, ...weakNames]);

const spaced = (name: string): string => [...name].join('[\\s\\u3000]*');
const namesByLength = [...known, ...buttonNames].sort((a, b) => b.length - a.length);
const anyName = namesByLength.map(spaced).join('|');
const namedAtStart = new RegExp(
  `^[\\s\\u3000]*(?:[[【][\\s\\u3000]*)?(?:${anyName})[\\s\\u3000]*(?:[\\]】][\\s\\u3000]*[:：]?|[:：])`,
);
const namedAnywhere = new RegExp(
  `(?:^|[\\s\\u3000|｜【[])[[【]?[\\s\\u3000]*(${anyName})[\\s\\u3000]*(?:[\\]】][\\s\\u3000]*[:：]?|[:：])`,
  'g',
);

/** Characters of a line or a cell that may hold metadata. */
const longest = 500;

/** Blocks at the top of a page among which metadata are looked for. */
const usualReach = 40;

/**
 * Turns the metadata rows of a web page into lines of role 'metadata', one per pair, "name：value". They count as
 * such only when at least two known names (one of them strong) stand near the top.
 */
export function liftMetadata(blocks: readonly LayoutBlock[], reach = usualReach): LayoutBlock[] {
  const top = blocks.slice(0, reach);
  // Where values stand beside their names, a name without one is empty (主题词：) and takes nothing from the next line.
  const beside = top.some((block) => metadataPairs(block, null).some((pair) => pair.value !== ''));
  const below = (index: number) => (beside ? null : nameThenValue(top, index));
  const found = top.map((block, index) => metadataPairs(block, below(index)));
  const names = new Set(found.flatMap((pairs) => pairs.map((pair) => pair.name)));
  if (names.size < 2 || ![...names].some((name) => strong.has(name))) return [...blocks];
  const result: LayoutBlock[] = [];
  for (let index = 0; index < top.length; index++) {
    const block = top[index]!;
    const pairs = found[index]!;
    if (pairs.length === 0) {
      result.push(block);
      continue;
    }
    result.push(...pairs.map((pair) => metadataLine(pair)));
    if (block.type === 'line' && below(index) !== null) index++;
  }
  return [...result, ...blocks.slice(reach)];
}

/** A metadata line; used for <meta> elements too. */
export function metadataLine(pair: { readonly name: string; readonly value: string }): LayoutLine {
  return layoutLine(`${pair.name}：${pair.value}`, { role: 'metadata', paragraphEnd: true });
}

interface Pair {
  readonly name: string;
  readonly value: string;
}

/** The value on the next line, for pages that put every cell on a line of its own. */
function nameThenValue(blocks: readonly LayoutBlock[], index: number): string | null {
  const line = blocks[index];
  const next = blocks[index + 1];
  if (line?.type !== 'line' || next?.type !== 'line' || line.text.length > longest) return null;
  const match = namedAtStart.exec(line.text);
  if (match === null || match[0].length < line.text.trimEnd().length) return null;
  return next.text.length > 60 || namedAtStart.test(next.text) ? '' : next.text.trim();
}

function metadataPairs(block: LayoutBlock, following: string | null): Pair[] {
  if (block.type === 'table') return tablePairs(block);
  if (block.type !== 'line' || block.text.length > longest) return [];
  if (!namedAtStart.test(block.text)) return [];
  const matches = [...block.text.matchAll(namedAnywhere)];
  const pairs = matches.map((match, i) => ({
    name: folded(match[1]!),
    value: block.text.slice(match.index + match[0].length, matches[i + 1]?.index ?? undefined).trim(),
  }));
  return withoutButtons(pairs, following);
}

function withoutButtons(found: readonly Pair[], following: string | null): Pair[] {
  const pairs = found.filter((pair) => known.has(pair.name));
  return pairs.length === 1 && pairs[0]!.value === '' && following !== null
    ? [{ name: pairs[0]!.name, value: following }]
    : pairs;
}

/** A table is metadata when it is small and nearly every label before a value is a known name. */
function tablePairs(table: LayoutTable): Pair[] {
  if (table.rowCount > 12 || table.columnCount > 12) return [];
  const pairs: Pair[] = [];
  let unknown = 0;
  for (let row = 0; row < table.rowCount; row++) {
    const cells = table.cells.filter((cell) => cell.row === row);
    for (let i = 0; i < cells.length; i++) {
      const text = cellText(cells[i]!).trim();
      if (text === '') continue;
      if (text.length > longest) {
        unknown++;
        continue;
      }
      const name = folded(text)
        .replace(/[:：]$/, '')
        .replace(/^[[【]|[\]】]$/g, '');
      if (known.has(name)) {
        pairs.push({ name, value: cells[i + 1] === undefined ? '' : cellText(cells[i + 1]!).trim() });
        i++;
        continue;
      }
      const inside = [...text.matchAll(namedAnywhere)];
      if (inside.length > 0)
        pairs.push(
          ...inside.map((match, k) => ({
            name: folded(match[1]!),
            value: text.slice(match.index + match[0].length, inside[k + 1]?.index ?? undefined).trim(),
          })),
        );
      else unknown++;
    }
  }
  const strongCount = pairs.filter((pair) => strong.has(pair.name)).length;
  return strongCount >= 1 && pairs.length >= 2 && pairs.length > unknown ? pairs : [];
}

function folded(name: string): string {
  return name.replace(/[\s\u3000]/g, '');
}
