import { useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useMemo } from 'react';
import type { Evidence } from '../../../../models/index.ts';
import { pageQuery } from '../../api/queries.ts';
import type { PlacedFact } from '../facts.ts';
import { locateQuote } from './locateQuote.ts';
import type { SelectedPlace } from './useSelectedPlace.ts';

/** What a form needs to take words of the text for the evidence of what it says. */
export interface Marking {
  /** What is selected in the text; null: nothing was. */
  readonly place: SelectedPlace | null;
  /** Shows the text, in which words can be selected; null: it is shown. */
  readonly showText: (() => void) | null;
  readonly evidenceAt: (place: SelectedPlace) => Promise<Evidence>;
}

export const MarkingContext = createContext<Marking>({
  place: null,
  showText: null,
  evidenceAt: async (place) => ({ ...place, page: 1, confidence: 1 }),
});
export const useMarking = () => useContext(MarkingContext);

export function useMarkedEvidence(
  fileId: string,
  facts: readonly PlacedFact[],
  pages: readonly { readonly page: number }[],
): Marking['evidenceAt'] {
  const client = useQueryClient();
  return useMemo(() => {
    const evidence = facts.flatMap((fact) => fact.evidence);
    return async (place) => {
      // Between two facts of one page nothing is on another.
      const near = evidence.toSorted((a, b) => Math.abs(a.start - place.start) - Math.abs(b.start - place.start))[0];
      const guess = near?.page ?? 1;
      const found = { ...place, page: guess, confidence: 1 };
      const candidates = [guess, guess + 1, guess - 1].filter((one) => pages.some(({ page }) => page === one));
      for (const page of candidates) {
        const view = await client.fetchQuery(pageQuery(fileId, page)).catch(() => null);
        const boxes = view === null ? null : locateQuote(view, place.quote);
        if (boxes !== null) return { ...found, page, boxes };
      }
      return found;
    };
  }, [client, fileId, facts, pages]);
}
