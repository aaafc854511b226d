import type { LayoutPicture, LayoutSeal } from '../../models/index.ts';

/**
 * Recognisers that see a page as a picture describe what they cannot read: seals, signatures, emblems. Such a sentence
 * is not text of the notice; it says that a seal or a picture stands there.
 */
export function describedPicture(line: string, documentIsChinese: boolean): LayoutSeal | LayoutPicture | null {
  const text = line.trim();
  if (text === '' || text.length > 2_000) return null;
  return chinesePlaceholder(text) ?? (documentIsChinese ? englishDescription(text) : null);
}

/** An alternative text: a seal when it says so, else a picture. */
export function pictureOf(description: string): LayoutSeal | LayoutPicture {
  const text = description.trim();
  if (/\b(?:seal|stamp|chop)\b/i.test(text) || /印章|公章|盖章/.test(text)) return sealOf(text);
  return { type: 'picture', description: text === '' ? null : text, box: null };
}

/** Whether a line goes on with an English description begun in the line before. */
export function isEnglishProse(line: string): boolean {
  return latinWords(line) >= 3 && hanOutsideQuotes(line) === 0;
}

const sealNoun = '(?:红色)?(?:圆形)?(?:椭圆形)?(?:印章|公章|印鉴|电子印章|电子公章|骑缝章|合同专用章|行政专用章)';
const bracketedSeal = new RegExp(`^[[【<〔]\\s*${sealNoun}\\s*(?:[:：]\\s*(.*?))?\\s*[\\]】>〕]$`);
const roundSeal =
  /^[（(]\s*(?:印章|电子印章|红色印章|圆形印章|此处(?:盖|有|盖有).{0,40}?(?:印|章))(?:\s*[:：]\s*(.*?))?\s*[）)]$/;
const plainSeal = new RegExp(`^${sealNoun}(?:\\s*[:：]\\s*(.{1,60}))?$`);

function chinesePlaceholder(text: string): LayoutSeal | LayoutPicture | null {
  const seal = bracketedSeal.exec(text) ?? roundSeal.exec(text) ?? plainSeal.exec(text);
  if (seal !== null) return sealOf(seal[1] ?? text);
  const picture =
    /^[[【（(]?\s*(?:图片|图像|插图|照片|图片描述|图像描述)\s*[:：]\s*(.*?)[\]】）)]?$/.exec(text) ??
    /^[[【]\s*(?:图片|图像|插图|照片|二维码|国徽)\s*[\]】]$/.exec(text) ??
    /^((?:该|此|这张|本)(?:图|图片|图像|照片)(?:显示|展示|为|是|中).*)$/.exec(text);
  if (picture !== null) return pictureOf(picture[1] ?? text);
  return null;
}

const sealWords = /\b(?:seal|stamp|stamped|chop)\b/i;
const pictureWords =
  /\b(?:image|picture|photo|photograph|logo|emblem|icon|signature|handwritten|QR code|barcode|diagram|figure|illustration|watermark|screenshot|scan(?:ned)?|page|document|table)\b/i;
const opening =
  /^(?:an?|the|this|there|red|official|round|circular|image|picture|seal|stamp|at|in|on|below|above|\[|\(|\*)/i;

function englishDescription(text: string): LayoutSeal | LayoutPicture | null {
  if (latinWords(text) < 6 || hanOutsideQuotes(text) > 0 || !opening.test(text)) return null;
  if (sealWords.test(text)) return sealOf(text);
  return pictureWords.test(text) ? { type: 'picture', description: text, box: null } : null;
}

function sealOf(description: string): LayoutSeal {
  const quoted = [...description.matchAll(/["“'‘「《]([^"”'’」》]*\p{Script=Han}[^"”'’」》]*)["”'’」》]/gu)].map((m) =>
    m[1]!.trim(),
  );
  const bare = description.match(/\p{Script=Han}[\p{Script=Han}（）()]{3,}/gu) ?? [];
  const names = (quoted.length > 0 ? quoted : bare).filter(
    (name) => !/^(?:红色)?圆?形?(?:印章|公章)|此处|盖有?/.test(name),
  );
  return { type: 'seal', text: names[0] ?? null, box: null, confidence: 1 };
}

function latinWords(text: string): number {
  return text.match(/[A-Za-z][A-Za-z'’-]*/g)?.length ?? 0;
}

function hanOutsideQuotes(text: string): number {
  return text.replace(/["“'‘「《（(][^"”'’」》）)]*["”'’」》）)]/g, '').match(/\p{Script=Han}/gu)?.length ?? 0;
}

/** A printed placeholder at the end of a signature: 某某局（印章）. Labels of forms (填报单位（盖章）) are left alone. */
export function trailingSeal(text: string): { readonly text: string; readonly seal: LayoutSeal } | null {
  if (text.length > 200) return null;
  const match =
    /^(.*(?:局|厅|委|会|办|室|府|部|院|队|中心|处|所|署|行|公司))\s*[（([【](?:印章|公章|印)[）)\]】]$/.exec(
      text.trim(),
    );
  return match === null ? null : { text: match[1]!, seal: { type: 'seal', text: null, box: null, confidence: 1 } };
}
