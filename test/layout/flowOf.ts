import type { Flow, FlowBlock } from '../../models/index.ts';
import { composeFlow } from '../../pipeline/layout/compose.ts';
import { joinContinuedTables } from '../../pipeline/layout/joinTables.ts';
import { readText } from '../../pipeline/read/text.ts';

/** The flow that a text gives. */
export async function flowOf(text: string): Promise<Flow> {
  const layout = await readText({ fileName: 'notice.txt', bytes: new TextEncoder().encode(text) });
  return composeFlow(joinContinuedTables(layout));
}

/** Blocks in short: a paragraph's text, [table], [seal], [rule] … */
export async function outlineOf(text: string): Promise<string[]> {
  const flow = await flowOf(text);
  const short = (block: FlowBlock) =>
    block.type === 'paragraph' ? flow.text.slice(block.start, block.end) : `[${block.type}]`;
  return flow.blocks.filter((block) => block.type !== 'page').map(short);
}
