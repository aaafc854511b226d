import type { Layout, LayoutBlock } from '../../models/index.ts';
import { readText } from '../../pipeline/read/text.ts';

export const read = (text: string | Uint8Array, fileName = '通知.txt'): Promise<Layout> =>
  readText({ fileName, bytes: typeof text === 'string' ? Buffer.from(text) : text });

export const blocksOf = async (text: string): Promise<readonly LayoutBlock[]> => (await read(text)).pages[0]!.blocks;

/** Blocks in short: a line's text, [table], [seal:…], [picture:…], [rule]. */
export async function outline(text: string): Promise<string[]> {
  return (await blocksOf(text)).map((block) => {
    if (block.type === 'line') return block.text;
    if (block.type === 'seal') return `[seal:${block.text ?? ''}]`;
    if (block.type === 'picture') return `[picture:${block.description ?? ''}]`;
    return `[${block.type}]`;
  });
}
