import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import type { StoredLinkDecision } from '../../../models/api/campaign.ts';
import type { LinkDecision } from '../../../models/index.ts';
import { ask } from '../api/ask.ts';
import { errorWords } from '../problemWords.ts';

const said = { confirm: '已确认', cut: '已断开', add: '已添加', exclude: '已移出本行动' } as const;

/** Notes a decision on a link, or takes one back, and shows the campaign as it is then. */
export function useDecide() {
  const queries = useQueryClient();
  const { message } = App.useApp();
  const refresh = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: ['campaign'] }),
      queries.invalidateQueries({ queryKey: ['campaigns'] }),
    ]);
  const onError = (error: unknown) => {
    const { what, todo } = errorWords(error);
    message.error(`${what} ${todo}`);
  };
  const decide = useMutation({
    mutationFn: (decision: LinkDecision & { readonly note?: string | null }) =>
      ask<StoredLinkDecision>(
        '/api/campaigns/links',
        {},
        {
          method: 'POST',
          body: JSON.stringify(decision),
          headers: { 'Content-Type': 'application/json' },
        },
      ),
    onSuccess: async ({ decision }) => {
      await refresh();
      message.success(`${said[decision]}，可在“人工决定”中撤回`);
    },
    onError,
  });
  const undo = useMutation({
    mutationFn: (decisionId: number) =>
      ask<StoredLinkDecision>(`/api/campaigns/links/${decisionId}`, {}, { method: 'DELETE' }),
    onSuccess: async () => {
      await refresh();
      message.success('已撤回');
    },
    onError,
  });
  return { decide: decide.mutate, undo: undo.mutate, isBusy: decide.isPending || undo.isPending };
}
