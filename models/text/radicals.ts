/**
 * Radicals that stand for whole characters in PDF text. Fonts draw 民 and the radical ⺠ with one glyph, and browsers
 * and some word processors write the radical into the file when they print. NFKC folds only the Kangxi radicals, and
 * those to their traditional shape. After EquivalentUnifiedIdeograph.txt of the Unicode Character Database.
 */
const pairs =
  '⺁厂⺄乙⺊卜⺒巳⺓幺⺕彐⺛旡⺝月⺟母⺠民⺦丬⺧牛⺩王⺪疋⺬示⺮竹⺱网⺲罒⺶羊⺸羊⺹耂⺻聿⺽臼⻁虎⻃覀⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车' +
  '⻑長⻒镸⻓长⻔门⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟' +
  // Kangxi radicals whose character in Chinese text is not the traditional shape that NFKC gives.
  '⼾户⾭青⿈黄';

const characters = [...pairs];

/** The character for each of these radicals. */
export const radicalCharacters: ReadonlyMap<string, string> = new Map(
  characters.flatMap((radical, i) => (i % 2 === 0 ? [[radical, characters[i + 1]!] as const] : [])),
);
