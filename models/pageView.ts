import { z } from 'zod';
import { Box } from './evidence.ts';

const Color = z.enum(['black', 'red', 'other']).nullable();

/**
 * What is on a page, as little as is needed to draw it and to point at it: no reading order, no characters' places.
 * Points from the top left of the page as displayed.
 */
export const PageView = z
  .object({
    page: z.int().min(1),
    width: z.number(),
    height: z.number(),
    textOrigin: z.enum(['text', 'ocr']),
    lines: z
      .array(
        z
          .object({
            text: z.string(),
            box: Box,
            size: z.number().nullable().meta({ description: 'Points; null: not known.' }),
            color: Color,
            bold: z.boolean(),
            confidence: z.number().meta({ description: 'How well the characters were read.' }),
            alternative: z.string().nullable().meta({ description: 'The other reading, where two disagreed.' }),
          })
          .readonly(),
      )
      .readonly(),
    cells: z.array(Box).readonly().meta({ description: 'Of ruled tables.' }),
    rules: z.array(z.object({ box: Box, color: Color }).readonly()).readonly(),
    pictures: z.array(Box).readonly(),
    seals: z.array(z.object({ box: Box, text: z.string().nullable() }).readonly()).readonly(),
  })
  .readonly()
  .meta({ id: 'PageView', title: '页面内容' });
export type PageView = z.infer<typeof PageView>;

/** A line that was read in two ways, or not well. */
export const DoubtfulLine = z
  .object({
    page: z.int().min(1),
    box: Box,
    text: z.string(),
    alternative: z.string().nullable(),
    confidence: z.number(),
  })
  .readonly()
  .meta({ id: 'DoubtfulLine', title: '存疑的行' });
export type DoubtfulLine = z.infer<typeof DoubtfulLine>;
