import { childOf, childrenOf, type XmlElement } from '../xml.ts';
import { type DocxContext, notice } from './context.ts';
import { drawingContent } from './drawings.ts';
import { isOn, mergeRun, type RunProperties, readRunProperties, resolveStyle } from './styles.ts';
import { symbolCharacter } from './symbols.ts';

/** A stretch of text of one look. */
export interface TextPiece {
  readonly type: 'text';
  readonly text: string;
  readonly look: RunProperties;
}

/** What a paragraph holds, in order. */
export type InlinePiece =
  | TextPiece
  | { readonly type: 'break'; readonly kind: 'line' | 'page' }
  /** Text boxes and shapes: `top` is the stated offset in points, null where none is stated. */
  | { readonly type: 'box'; readonly content: XmlElement; readonly top: number | null }
  | { readonly type: 'word-art'; readonly text: string; readonly color: string | undefined }
  | { readonly type: 'picture'; readonly description: string | null }
  | { readonly type: 'shape-rule'; readonly color: string | undefined };

interface Field {
  instruction: string;
  /** What stands between `begin` and `separate` is the instruction and is not printed. */
  inResult: boolean;
  /** How many pieces there were when the result began. */
  resultFrom: number;
  readonly data: XmlElement | null;
  printed: boolean;
}

interface Walk {
  readonly context: DocxContext;
  readonly base: RunProperties;
  readonly pieces: InlinePiece[];
  readonly fields: Field[];
}

/** The printed content of a paragraph: revisions accepted, field results, hidden text left out. */
export function readInlines(paragraph: XmlElement, base: RunProperties, context: DocxContext): InlinePiece[] {
  const walk: Walk = { context, base, pieces: [], fields: [] };
  walkInlines(paragraph, walk);
  return walk.pieces;
}

function walkInlines(container: XmlElement, walk: Walk): void {
  for (const child of container.children) {
    switch (child.name) {
      case 'r':
        readRun(child, walk);
        break;
      case 'del':
      case 'moveFrom':
        notice(walk.context, 'revision');
        break;
      case 'ins':
      case 'moveTo':
        notice(walk.context, 'revision');
        walkInlines(child, walk);
        break;
      case 'fldSimple':
        walkInlines(child, walk);
        break;
      case 'sdt': {
        const content = childOf(child, 'sdtContent');
        if (content !== null) walkInlines(content, walk);
        break;
      }
      case 'oMath':
      case 'oMathPara':
        pushText(mathText(child), walk.base, walk);
        break;
      case 'ruby': {
        const rubyBase = childOf(child, 'rubyBase');
        if (rubyBase !== null) walkInlines(rubyBase, walk);
        break;
      }
      case 'AlternateContent':
        walkInlines(alternativeOf(child), walk);
        break;
      case 'hyperlink':
      case 'smartTag':
      case 'customXml':
      case 'dir':
      case 'bdo':
        walkInlines(child, walk);
        break;
      case 'commentReference':
        notice(walk.context, 'comment');
        break;
      case 'subDoc':
        notice(walk.context, 'altChunk');
        break;
    }
  }
}

/** The first choice that holds anything this reader knows; the fallback otherwise. Never both: they say the same. */
export function alternativeOf(element: XmlElement): XmlElement {
  const choice = childrenOf(element, 'Choice').find((item) => item.children.length > 0);
  return choice ?? childOf(element, 'Fallback') ?? element;
}

function readRun(run: XmlElement, walk: Walk): void {
  const properties = childOf(run, 'rPr');
  const style = childOf(properties, 'rStyle')?.attributes.val;
  let look = style === undefined ? walk.base : mergeRun(walk.base, resolveStyle(walk.context.styles, style).run);
  if (properties !== null) look = mergeRun(look, readRunProperties(properties));
  readRunContent(run, look, walk);
}

function readRunContent(run: XmlElement, look: RunProperties, walk: Walk): void {
  for (const child of run.children) {
    switch (child.name) {
      case 't':
        pushText(child.text, look, walk);
        break;
      case 'tab':
      case 'ptab':
        // A tab makes room; as a character it would look like a table's column.
        pushText('  ', look, walk);
        break;
      case 'noBreakHyphen':
        pushText('-', look, walk);
        break;
      case 'sym': {
        const code = Number.parseInt(child.attributes.char ?? '', 16);
        pushText(Number.isNaN(code) ? '' : (symbolCharacter(code, child.attributes.font ?? '') ?? ''), look, walk);
        break;
      }
      case 'br':
        if (isPrinted(walk)) {
          const isPage = child.attributes.type === 'page' || child.attributes.type === 'column';
          walk.pieces.push({ type: 'break', kind: isPage ? 'page' : 'line' });
        }
        break;
      case 'cr':
        if (isPrinted(walk)) walk.pieces.push({ type: 'break', kind: 'line' });
        break;
      case 'instrText': {
        const field = walk.fields.at(-1);
        if (field !== undefined) field.instruction += child.text;
        break;
      }
      case 'fldChar':
        readFieldCharacter(child, look, walk);
        break;
      case 'pgNum':
        pushText('1', look, walk);
        break;
      case 'footnoteReference':
      case 'endnoteReference':
        walk.context.noteReferences.push(`${child.name.replace('Reference', '')}/${child.attributes.id ?? ''}`);
        break;
      case 'commentReference':
        notice(walk.context, 'comment');
        break;
      case 'ruby': {
        const rubyBase = childOf(child, 'rubyBase');
        if (rubyBase !== null) walkInlines(rubyBase, walk);
        break;
      }
      case 'AlternateContent':
        readAlternative(child, look, walk);
        break;
      case 'drawing':
      case 'pict':
      case 'object':
        walk.pieces.push(...drawingContent(child, walk.context));
        break;
    }
  }
}

/** Choice and Fallback draw the same thing twice; the Fallback counts only where nothing is understood of the Choice. */
function readAlternative(element: XmlElement, look: RunProperties, walk: Walk): void {
  const before = walk.pieces.length;
  for (const choice of childrenOf(element, 'Choice')) {
    readRunContent(choice, look, walk);
    if (walk.pieces.length > before) return;
  }
  const fallback = childOf(element, 'Fallback');
  if (fallback !== null) readRunContent(fallback, look, walk);
}

function readFieldCharacter(element: XmlElement, look: RunProperties, walk: Walk): void {
  const kind = element.attributes.fldCharType;
  if (kind === 'begin') {
    walk.fields.push({
      instruction: '',
      inResult: false,
      resultFrom: 0,
      data: childOf(element, 'ffData'),
      printed: isPrinted(walk),
    });
    return;
  }
  const field = walk.fields.at(-1);
  if (field === undefined) return;
  if (kind === 'separate') {
    field.inResult = true;
    field.resultFrom = walk.pieces.length;
  } else if (kind === 'end') {
    walk.fields.pop();
    if (!field.printed) return;
    const isEmpty = !field.inResult || walk.pieces.length === field.resultFrom;
    if (isEmpty) pushText(resultWithoutText(field), look, walk);
  }
}

/** Fields that Word prints though no result is stored with them. */
function resultWithoutText(field: Field): string {
  if (/^\s*PAGE\b/i.test(field.instruction)) return '1';
  const box = childOf(field.data, 'checkBox');
  if (box !== null) {
    const state = childOf(box, 'checked') ?? childOf(box, 'default');
    return state !== null && isOn(state.attributes.val) ? '☑' : '□';
  }
  const list = childOf(field.data, 'ddList');
  if (list !== null) {
    const chosen = Number(childOf(list, 'result')?.attributes.val ?? 0);
    return childrenOf(list, 'listEntry')[chosen]?.attributes.val ?? '';
  }
  // 带圈字符: EQ \o\ac(○,1)
  const encircled = /^\s*eq\s+\\o\s*(?:\\a[cdlr]\s*)?\(\s*[○◯〇]\s*[,，;；]\s*(.+?)\s*\)\s*$/i.exec(
    field.instruction,
  )?.[1];
  if (encircled !== undefined) {
    const value = Number(encircled);
    return value >= 1 && value <= 20 ? String.fromCharCode(0x2460 + value - 1) : encircled;
  }
  return '';
}

export function isPageField(instruction: string | undefined): boolean {
  return /^\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b/i.test(instruction ?? '');
}

function isPrinted(walk: Walk): boolean {
  return walk.fields.every((field) => field.inResult);
}

function pushText(text: string, look: RunProperties, walk: Walk): void {
  if (text === '' || !isPrinted(walk)) return;
  if (look.hidden === true) {
    notice(walk.context, 'hidden');
    return;
  }
  // Soft hyphens show only where a word is broken; other control characters have no look.
  const printed = text
    .replace(/[\u00ad\u200b-\u200d\u2060\ufeff\u0000-\u0008\u000b-\u001f]/g, '')
    .replace(/[\n\t]/g, ' ');
  walk.pieces.push({ type: 'text', text: privateUse(printed, look.font ?? ''), look });
}

/** Text typed in a symbol font keeps its code in the private use area. */
function privateUse(text: string, font: string): string {
  return /[\uf020-\uf0ff]/.test(text)
    ? text.replace(/[\uf020-\uf0ff]/g, (sign) => symbolCharacter(sign.charCodeAt(0), font || 'wingdings') ?? sign)
    : text;
}

/** A formula in one line: fractions with a slash, everything else as it follows. */
function mathText(element: XmlElement): string {
  if (element.name === 't') return element.text;
  if (element.name === 'f') {
    const part = (name: string) => {
      const found = childOf(element, name);
      return found === null ? '' : mathText(found);
    };
    return `${part('num')}/${part('den')}`;
  }
  return element.children.map(mathText).join('');
}

/** The look that most of these characters have. */
export function commonLook(pieces: readonly TextPiece[]): RunProperties {
  const mostCommon = <K extends keyof RunProperties>(key: K): RunProperties[K] | undefined => {
    const weights = new Map<RunProperties[K], number>();
    for (const piece of pieces) {
      const weight = piece.text.trim().length;
      weights.set(piece.look[key], (weights.get(piece.look[key]) ?? 0) + weight);
    }
    let best: RunProperties[K] | undefined;
    let most = -1;
    for (const [value, weight] of weights) {
      if (weight > most) [best, most] = [value, weight];
    }
    return best;
  };
  return { bold: mostCommon('bold'), color: mostCommon('color'), size: mostCommon('size') };
}
