import type { Diagnostic, LayoutBlock, LayoutPage } from '../../../models/index.ts';
import { composePage } from './composePage.ts';
import { type PageContent, roundPoint } from './content.ts';
import { markContinuations } from './continuation.ts';
import { describeFlow } from './flow.ts';
import { separateFurniture } from './furniture.ts';
import { textQuality } from './textQuality.ts';
import { mainAngle, turnBlock, turnContent } from './turn.ts';

/**
 * Pages of characters, strokes and figures made into pages of lines, tables, rules, seals and pictures in reading
 * order; page numbers and running heads apart; tables that go on marked. Pages whose text cannot be used are marked
 * `needsRecognition`, with a diagnostic `page-needs-recognition`; what could be composed of them stays.
 *
 * A page that is written sideways as a whole is composed upright and its boxes are turned back; its lines have no edges.
 */
export function composeLayout(contents: readonly PageContent[]): {
  pages: LayoutPage[];
  diagnostics: Diagnostic[];
} {
  const diagnostics: Diagnostic[] = [];
  const qualities = contents.map(textQuality);
  const angles = contents.map((content) => mainAngle(content.glyphs));
  const upright = contents.map((content, index) => {
    const angle = angles[index]!;
    return angle === 0 ? content : turnContent(content, angle);
  });
  const composed = upright.map(composePage);
  const parted = separateFurniture(
    composed.map((page, index) => ({ blocks: page.blocks, height: upright[index]!.height })),
  );
  const flowing = parted.map(({ blocks }, index) => {
    const { width, height } = upright[index]!;
    return { width, height, blocks };
  });
  const blocks = markContinuations(describeFlow(flowing));
  const pages = contents.map((content, index): LayoutPage => {
    const page = index + 1;
    const quality = qualities[index]!;
    if (quality.reason !== null) {
      diagnostics.push({
        code: 'page-needs-recognition',
        severity: 'info',
        message: `第${page}页没有可用的文字层：${quality.reason}。`,
        page,
      });
    } else if (content.glyphs.filter((g) => g.hidden).length * 2 > content.glyphs.length) {
      diagnostics.push({
        code: 'hidden-text-layer',
        severity: 'warning',
        message: `第${page}页的文字是图片下面看不见的一层，由扫描软件识别而来，可能有误。`,
        page,
      });
    }
    if (composed[index]!.openTables > 0) {
      diagnostics.push({
        code: 'table-grid-open',
        severity: 'warning',
        message: `第${page}页有表格的框线没有闭合，单元格可能有误。`,
        page,
      });
    }
    const angle = angles[index]!;
    const turned = <T extends LayoutBlock>(all: readonly T[]): readonly T[] =>
      angle === 0 ? all : all.map((block) => turnBlock(block, content, angle));
    return {
      page,
      width: roundPoint(content.width),
      height: roundPoint(content.height),
      blocks: turned(blocks[index]!),
      furniture: turned(parted[index]!.furniture),
      textOrigin: 'text',
      needsRecognition: !quality.usable,
      member: null,
    };
  });
  return { pages, diagnostics };
}
