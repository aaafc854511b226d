import type { CampaignSummary } from '../../models/api/campaign.ts';
import { memberId } from '../../models/api/campaign.ts';
import type { LibraryFile } from '../../models/api/library.ts';
import { type Accepted, acceptPath, filesUnder, waitForJob } from '../ingest.ts';
import { openLibrary, startWork } from '../library.ts';
import { makeLog } from '../log.ts';
import { reportFailure } from '../reportFailure.ts';
import type { Command } from './command.ts';

export const ingest: Command = {
  usage: 'ingest PATH... [--data DIR] [--json] [--ocr auto|pp|tesseract|none]',
  summary: 'store files or folders in the library, read them and link them into campaigns',
  options: { json: { type: 'boolean' }, ocr: { type: 'string' } },
  arguments: [1, Number.POSITIVE_INFINITY],
  async run({ positionals, flags, config, io, signal }) {
    const library = await openLibrary(config);
    // Failures are told in one line each below; the log is for what else may happen.
    const work = startWork(
      library,
      config,
      makeLog({ logLevel: config.logLevel === 'info' ? 'silent' : config.logLevel }),
    );
    let failed = 0;
    try {
      const accepted: { readonly path: string; readonly entry: Accepted }[] = [];
      for (const start of positionals) {
        try {
          for await (const path of filesUnder(start)) {
            if (signal.aborted) break;
            try {
              accepted.push({ path, entry: await acceptPath(library, path, 'cli') });
              work.runner.wake();
              io.progress(`${accepted.length} files stored`);
            } catch (error) {
              failed += 1;
              reportFailure(io, path, error, config.logLevel);
            }
          }
        } catch (error) {
          failed += 1;
          reportFailure(io, start, error, config.logLevel);
        }
      }
      const read: { readonly path: string; readonly isNew: boolean; readonly file: LibraryFile }[] = [];
      for (const [index, { path, entry }] of accepted.entries()) {
        const { job, file } = entry;
        const ended =
          job &&
          (await waitForJob(library, job.jobId, {
            signal,
            onChange: ({ progress }) => {
              const page = progress === null ? '' : ` ${progress.stage} ${progress.page}/${progress.pageCount}`;
              io.progress(`${index + 1}/${accepted.length} ${path}${page}`);
            },
          }));
        if (signal.aborted) break;
        if (ended && ended.state !== 'done') {
          failed += 1;
          io.err(`hongtou: ${path}: ${ended.problem?.message ?? ended.state} ${ended.problem?.hint ?? ''}`.trimEnd());
        }
        const result = (await library.store.findFile(file.fileId)) ?? file;
        read.push({ path, isNew: entry.isNew, file: result });
        if (flags.json !== true) {
          await io.out(
            `${result.fileId.slice(0, 12)}  ${entry.isNew ? 'new   ' : 'known '}  ${result.state.padEnd(7)}  ${path}\n`,
          );
        }
      }
      if (read.length > 0 && !signal.aborted) io.progress('linking');
      if (!signal.aborted) await library.campaigns.linkPending();
      const joined = new Map<string, { readonly campaign: CampaignSummary; readonly members: Set<string> }>();
      for (const { path, isNew, file } of read) {
        const campaigns: CampaignSummary[] = [];
        for (let at = 1; at <= file.noticeCount; at++) {
          const member = memberId(file.fileId, `n${at}`);
          const campaign = await library.campaigns.campaignOf(member);
          if (campaign === undefined) continue;
          if (!campaigns.some(({ campaignId }) => campaignId === campaign.campaignId)) campaigns.push(campaign);
          const known = joined.get(campaign.campaignId) ?? { campaign, members: new Set() };
          known.members.add(member);
          joined.set(campaign.campaignId, known);
        }
        const named = campaigns.map(({ campaignId, name, members }) => ({ campaignId, name, members }));
        if (flags.json === true) await io.out(`${JSON.stringify({ path, isNew, file, campaigns: named })}\n`);
      }
      if (flags.json !== true) {
        for (const { campaign, members } of joined.values()) {
          await io.out(
            `${campaign.campaignId.padEnd(12)}  linked ${members.size} of ${campaign.members} notices  ${campaign.name}\n`,
          );
        }
      }
      if (signal.aborted)
        io.err('hongtou: stopped; what is stored but not read yet will be read by the next ingest or serve.');
      return failed === 0 && !signal.aborted ? 0 : 1;
    } finally {
      await work.stop();
      await library.close();
    }
  },
};
