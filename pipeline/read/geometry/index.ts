/** From characters and strokes at their places to lines and tables: what the readers of PDF and OFD share. */
export { composeLayout } from './composeLayout.ts';
export * from './content.ts';
export { hasSealSize } from './seals.ts';
