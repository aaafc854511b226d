import { type Glyph, isBlank, type PageContent } from './content.ts';

/**
 * The 3,755 characters of level 1 of GB/T 2312 (rows 16 to 55): those in daily use, nearly all of any official text.
 * Fonts whose character map is lost give characters at random, a fifth of which at most are among these.
 */
const frequent = frequentCharacters();

function frequentCharacters(): ReadonlySet<string> {
  const bytes: number[] = [];
  for (let row = 0xb0; row <= 0xd7; row++) for (let cell = 0xa1; cell <= 0xfe; cell++) bytes.push(row, cell);
  return new Set(new TextDecoder('gb18030').decode(Uint8Array.from(bytes)));
}

export interface TextQuality {
  readonly usable: boolean;
  /** Why not, in Chinese, for the diagnostic; null where the text is usable. */
  readonly reason: string | null;
}

/** Fewer characters tell nothing. */
const enough = 20;

/**
 * Whether the characters of a page are what is printed on it. Notices are Chinese; a page of many characters that are private-use,
 * replacement or control characters, or Chinese ones that hardly ever occur, or scattered over foreign scripts, comes
 * from fonts whose character map is lost or false, and must be recognised from its picture.
 */
export function textQuality(page: PageContent): TextQuality {
  const inked = page.glyphs.filter((g) => !isBlank(g.text));
  if (inked.length === 0) return { usable: false, reason: '页面没有文字' };
  const picture = page.figures.some((figure) => {
    const width = Math.min(figure.box[2], page.width) - Math.max(figure.box[0], 0);
    const height = Math.min(figure.box[3], page.height) - Math.max(figure.box[1], 0);
    return figure.kind === 'picture' && width > 0 && height > 0 && width * height > 0.6 * page.width * page.height;
  });
  if (picture && inked.length < enough) return { usable: false, reason: '页面是一幅图片' };
  return judge(inked);
}

type Kind = 'lost' | 'usual' | 'rare' | 'foreign' | 'plain';

/** What a character is, remembered: a document has few different ones. */
const kinds = new Map<string, Kind>();

function kindOf(character: string): Kind {
  const known = kinds.get(character);
  if (known) return known;
  let kind: Kind = 'plain';
  if (/[\p{Co}\p{Cn}\p{Cc}\ufffd]/u.test(character)) kind = 'lost';
  else if (/\p{Script=Han}/u.test(character)) kind = frequent.has(character.normalize('NFKC')) ? 'usual' : 'rare';
  else if (
    /[\p{L}\p{M}]/u.test(character) &&
    !/[\u0000-\u024f\u0370-\u03ff\u3040-\u312f\uff00-\uffef]/.test(character)
  ) {
    kind = 'foreign';
  }
  if (kinds.size < 100_000) kinds.set(character, kind);
  return kind;
}

function judge(inked: readonly Glyph[]): TextQuality {
  const counts: Record<Kind, number> = { lost: 0, usual: 0, rare: 0, foreign: 0, plain: 0 };
  for (const { text } of inked) for (const character of text) counts[kindOf(character)]++;
  const count = inked.length;
  const { lost, usual, rare, foreign } = counts;
  if (lost > 0.3 * count || (lost > 0.1 * count && lost >= enough)) {
    return { usable: false, reason: `${count}个字符中有${lost}个在字体中没有对应的文字` };
  }
  if (count < enough) return { usable: true, reason: null };
  if (usual + rare >= enough && usual < rare) {
    return { usable: false, reason: '其中的字符不成中文' };
  }
  if (foreign > 0.3 * count) return { usable: false, reason: '其中的字符不是公文所用的文字' };
  return { usable: true, reason: null };
}
