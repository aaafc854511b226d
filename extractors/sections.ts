import { evidenceAt, type Flow, type ParsedSection, type Section } from '../models/index.ts';
import { withoutLayoutSpaces } from '../models/text/normalize.ts';
import { splitTopLevel } from './splitList.ts';

/** A bracket at the end of a section that names the units in charge: （药品安全监督管理室、行政许可室依职责负责）. */
const trailing =
  /[（(〔[](?<label>\s*(?:责任单位|责任部门|牵头单位|牵头部门|牵头处室|责任处室|责任科室|配合单位|主办单位|落实单位|实施单位)\s*[:：])?(?<units>[^（()）]*(?:[（(][^（()）]*[）)][^（()）]*)*)[）)〕\]]\s*[。；;]?\s*$/u;
const duty =
  /(?:等)?(?:(?:分别|各|共同|联合|均)?(?:按照?|依据?|根据)?(?:各自)?(?:职责|职能)?(?:分工)?(?:分别|共同|具体|联合)?(?:牵头|负责|配合|落实|组织|实施|承担|参与|协助|推进)+|(?:按照?|依)?(?:各自)?(?:职责|职能)(?:分工)?)$/u;

/** No list of units is longer; a whole document on one line is not to be searched from each of its brackets. */
const longest = 1_000;

/** 牵头单位：县教育局；配合单位：各乡镇人民政府 as a line of its own. */
const line =
  /^(?<label>(?:责任|牵头|配合|主办|落实|实施)(?:单位|部门|处室|科室)\s?[:：])(?<units>(?:[^。；;]|[；;](?=[^。；;：:]{2,8}[：:])){2,1000})[。；;]?$/u;

/** The units in charge of a section: on a line of their own, else at the end of its last paragraph or its title. */
export function sectionUnits(flow: Flow, section: Pick<ParsedSection, 'title' | 'paragraphs'> | null): string[] {
  if (!section) return [];
  const texts = section.paragraphs.map(({ start, end }) => flow.text.slice(start, Math.min(end, start + longest)));
  const lines = texts.filter((text) => line.test(text.trim())).flatMap(responsibleUnits);
  if (lines.length > 0) return lines;
  const last = section.paragraphs.at(-1) ?? section.title;
  return last ? responsibleUnits(flow.text.slice(last.start, last.end)) : [];
}

/** The units that a text puts in charge at its end; empty where it names none. */
export function responsibleUnits(text: string): string[] {
  const match = line.exec(text.trim().slice(0, longest)) ?? trailing.exec(text.trimEnd().slice(-longest));
  const list = match?.groups?.units;
  if (!match || list === undefined) return [];
  const labelled = match.groups?.label !== undefined;
  if (!labelled && !duty.test(list.trim().replace(/[。；;，,]$/u, '')) && !/[:：]/u.test(list)) return [];
  if (!labelled && /[:：]/u.test(list) && !/(?:责任|牵头|配合|负责)[^:：]{0,6}[:：]/u.test(list)) return [];
  const units: string[] = [];
  let open = '';
  for (const { start, end } of splitTopLevel(list, /[、，,；;。\s]+|(?<=牵头)|(?<=负责)(?!落实|实施|推进)/gu)) {
    const printed = list.slice(start, end);
    // 责任单位：…；完成时限：12月15日前: the limit is no unit.
    if (/^\s*(?:完成|整改|办理)?(?:时限|期限|时间)\s?[:：]/u.test(printed)) continue;
    const unit = withoutLayoutSpaces(
      printed
        .replace(/^[^:：]{2,8}[:：]/u, '')
        .replace(duty, '')
        .replace(/^(?:由|请)/u, '')
        .replace(/等$/u, ''),
    );
    // 各市、县（区）人民政府: a place waits for the body that follows.
    open = open ? `${open}、${unit}` : unit;
    if (/^(?:各|全)?(?:[\u4e00-\u9fa5]{0,3}[市县区州省旗])$/u.test(unit) && end < list.length) continue;
    units.push(open);
    open = '';
  }
  return units.filter((unit) => unit.length >= 2 && unit.length <= 40 && !/完成时限|时限|长期/u.test(unit));
}

/** The public tree of sections. */
export function readSections(flow: Flow, parsed: readonly ParsedSection[]): Section[] {
  return parsed.map((section): Section => {
    const text = section.paragraphs.map(({ start, end }) => flow.text.slice(start, end)).join('\n');
    const printed = section.title ? flow.text.slice(section.title.start, section.title.end) : null;
    return {
      number: section.marker.number,
      level: section.marker.level,
      title: printed === null ? null : withoutLayoutSpaces(printed),
      text,
      responsible: sectionUnits(flow, section),
      children: readSections(flow, section.children),
      evidence: [
        evidenceAt(flow, {
          start: section.start,
          end: section.title?.end ?? section.paragraphs[0]?.end ?? section.end,
        }),
      ],
    };
  });
}
