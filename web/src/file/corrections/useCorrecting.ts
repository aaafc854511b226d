import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { createContext, useContext, useMemo } from 'react';
import type { Correction, CorrectionMark } from '../../../../models/api/library.ts';
import { ask, sendJson } from '../../api/ask.ts';
import { correctionsQuery } from '../../api/queries.ts';
import { errorWords } from '../../problemWords.ts';
import type { Field } from '../facts.ts';

/** A correction as it is sent. */
export interface Said {
  readonly field: Field;
  /** Of a list, the item that is meant; null: the whole field, or a new item. */
  readonly item: unknown;
  readonly isList: boolean;
  /** null: it is not there. */
  readonly value: unknown;
  readonly note: string | null;
  readonly person: string | null;
}

/** What the parts of the page need to correct, to show what was corrected, and to take it back. */
export interface Correcting {
  readonly items: ReadonlyMap<number, Correction>;
  readonly marks: readonly CorrectionMark[];
  readonly save: (said: Said) => Promise<void>;
  readonly withdraw: (correctionId: number) => Promise<void>;
  readonly busy: boolean;
}

const none: Correcting = {
  items: new Map(),
  marks: [],
  save: async () => {},
  withdraw: async () => {},
  busy: false,
};
export const CorrectingContext = createContext<Correcting>(none);
export const useCorrecting = () => useContext(CorrectingContext);

/** The corrections of a notice. What was changed is asked for again, everywhere it shows. */
export function useCorrections(fileId: string, noticeId: string): Correcting {
  const client = useQueryClient();
  const { message } = App.useApp();
  const listed = useQuery(correctionsQuery(fileId, noticeId));
  const settle = async () => {
    for (const key of ['notices', 'upcoming', 'comparison', 'file', 'forms']) {
      client.invalidateQueries({ queryKey: [key] });
    }
    await Promise.all([
      client.invalidateQueries({ queryKey: ['corrections', fileId] }),
      client.invalidateQueries({ queryKey: ['extraction', fileId] }),
    ]);
  };
  const change = useMutation({
    mutationFn: (request: () => Promise<unknown>) => request(),
    onSuccess: settle,
    onError: (error) => message.error(`${errorWords(error).what}${errorWords(error).todo}`),
  });
  const { mutateAsync, isPending } = change;
  return useMemo(() => {
    const post = (said: Said) =>
      sendJson<Correction>(`/api/files/${fileId}/notices/${noticeId}/corrections`, bodyOf(said));
    return {
      items: new Map((listed.data?.items ?? []).map((one) => [one.correctionId, one])),
      marks: listed.data?.marks ?? [],
      save: async (said) => {
        await mutateAsync(() => post(said));
      },
      withdraw: async (correctionId) => {
        await mutateAsync(() =>
          ask<Correction>(`/api/files/${fileId}/corrections/${correctionId}`, {}, { method: 'DELETE' }),
        );
      },
      busy: isPending,
    };
  }, [fileId, noticeId, listed.data, mutateAsync, isPending]);
}

function bodyOf({ field, item, isList, value, note, person }: Said) {
  return { field, quote: isList ? quoteOf(item) : null, value, before: withoutPlace(item), note, person };
}

/** The words in which an item stands: by them it is found again. */
function quoteOf(item: unknown): string | null {
  const evidence: unknown = isRecord(item) ? item.evidence : null;
  const first: unknown = Array.isArray(evidence) ? evidence[0] : null;
  return isRecord(first) && typeof first.quote === 'string' ? first.quote : null;
}

function withoutPlace(item: unknown): unknown {
  if (!isRecord(item)) return item ?? null;
  const { evidence: _evidence, tables: _tables, ...said } = item;
  return said;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
