/**
 * Characters of symbol fonts (Symbol, Wingdings), which Word stores as code points U+F020–U+F0FF: only those that occur
 * in notices and forms (bullets, ticks, boxes, arrows, circled numbers); the rest become a plain bullet or nothing.
 */
const wingdings: Readonly<Record<number, string>> = {
  40: '☎',
  42: '✉',
  108: '●',
  109: '❍',
  110: '■',
  111: '□',
  112: '□',
  113: '❑',
  114: '❒',
  115: '⬧',
  116: '◆',
  117: '◆',
  118: '❖',
  119: '⬥',
  158: '·',
  159: '•',
  161: '○',
  162: '○',
  164: '◉',
  167: '▪',
  168: '□',
  170: '✦',
  171: '★',
  216: '➢',
  223: '←',
  224: '→',
  225: '↑',
  226: '↓',
  232: '➔',
  251: '✗',
  252: '✓',
  253: '☒',
  254: '☑',
};

const wingdings2: Readonly<Record<number, string>> = {
  80: '✓',
  81: '☒',
  82: '☑',
  83: '☒',
  84: '☒',
  152: '●',
  162: '■',
  163: '□',
};

const symbolFont: Readonly<Record<number, string>> = {
  163: '≤',
  165: '∞',
  176: '°',
  177: '±',
  179: '≥',
  180: '×',
  183: '•',
  184: '÷',
  185: '≠',
  222: '⇒',
  174: '→',
};

/** The ordinary character for a code of a symbol font; null where none is known. */
export function symbolCharacter(code: number, font: string): string | null {
  const low = code >= 0xf000 && code <= 0xf0ff ? code - 0xf000 : code;
  const family = font.toLowerCase();
  if (family.startsWith('wingdings 2')) return circledNumber(low, 105, 116) ?? wingdings2[low] ?? null;
  if (family.startsWith('wingdings')) return circledNumber(low, 128, 139) ?? wingdings[low] ?? null;
  if (family.startsWith('symbol')) return symbolFont[low] ?? (low < 0x7f ? String.fromCharCode(low) : null);
  return code >= 0xe000 && code <= 0xf8ff ? null : String.fromCodePoint(code);
}

/** Wingdings and Wingdings 2 draw 0–10 in white circles and, from another code on, in black ones. */
function circledNumber(low: number, white: number, black: number): string | null {
  for (const [first, zero, one] of [
    [white, '⓪', 0x2460],
    [black, '⓿', 0x2776],
  ] as const) {
    const value = low - first;
    if (value >= 0 && value <= 10) return value === 0 ? zero : String.fromCharCode(one + value - 1);
  }
  return null;
}

/** A bullet as printed: `text` of a list level in its font. */
export function bulletCharacter(text: string, font: string): string {
  const code = text.codePointAt(0) ?? 0;
  if (code === 0) return '';
  if (code >= 0xe000 && code <= 0xf8ff) return symbolCharacter(code, font === '' ? 'wingdings' : font) ?? '•';
  if (/^(wingdings|symbol)/i.test(font)) return symbolCharacter(code, font) ?? '•';
  return text;
}
