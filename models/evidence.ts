import { z } from 'zod';

/** A box on a page: PDF points (1/72 inch), origin at the top left of the page as displayed, x to the right, y down. */
export const Box = z
  .tuple([z.number(), z.number(), z.number(), z.number()])
  .readonly()
  .meta({ id: 'Box', title: '方框', description: 'x0, y0, x1, y1 in PDF points, origin top left.' });
export type Box = z.infer<typeof Box>;

/**
 * Where a fact was read. `quote === text.slice(start, end)`, always: offsets are UTF-16 code units into
 * `Extraction.text`, end exclusive.
 */
export const Evidence = z
  .object({
    page: z.int().min(1).meta({ description: 'Page, numbered from 1.' }),
    start: z.int().min(0),
    end: z.int().min(0),
    quote: z.string(),
    boxes: z
      .array(Box)
      .readonly()
      .optional()
      .meta({ description: 'One box per line touched; absent where the format has no geometry.' }),
    confidence: z
      .number()
      .min(0)
      .max(1)
      .meta({ description: '1: read from a text layer by a rule that cannot be otherwise.' }),
  })
  .readonly()
  .meta({ id: 'Evidence', title: '依据' });
export type Evidence = z.infer<typeof Evidence>;

/** A value and where it was read. */
export interface Sourced<T> {
  readonly value: T;
  readonly evidence: readonly Evidence[];
}

export const SourcedString = z
  .object({ value: z.string(), evidence: z.array(Evidence).readonly() })
  .readonly()
  .meta({ id: 'SourcedString', title: '有依据的文字' });
export type SourcedString = z.infer<typeof SourcedString>;
