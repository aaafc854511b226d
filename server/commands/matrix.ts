import { z } from 'zod';
import type { CampaignNotice } from '../../models/api/campaign.ts';
import { AdministrativeLevel, HongtouError } from '../../models/index.ts';
import type { ComparedNotice } from '../../pipeline/compare/compareNotices.ts';
import { coverageMatrix, type MatrixMember } from '../../pipeline/compare/coverageMatrix.ts';
import { matrixReport } from '../../pipeline/compare/report/matrixReport.ts';
import { renderText } from '../../pipeline/compare/report/renderText.ts';
import { type CascadeChoice, campaignCascade, comparedMember } from '../campaigns/campaignNotices.ts';
import type { Config } from '../config.ts';
import type { Io } from '../io.ts';
import { openLibrary } from '../library.ts';
import { maskStrings } from '../maskContacts.ts';
import { comparedNotice } from '../namedNotices.ts';
import { reportFailure } from '../reportFailure.ts';
import { reportEndings, writeReport } from '../writeReport.ts';
import type { Command, CommandInput } from './command.ts';

export const matrix: Command = {
  usage:
    'matrix UPPER LOWER... | matrix --campaign ID [UPPER] [--year 2025] [--level county] [--region 14] [--json] [-o REPORT.xlsx|.docx|.html]',
  summary: 'every item of the upper notice against every lower one: kept, changed, weakened, dropped, out of remit',
  options: {
    json: { type: 'boolean' },
    output: { type: 'string', short: 'o' },
    campaign: { type: 'string' },
    year: { type: 'string' },
    level: { type: 'string' },
    region: { type: 'string' },
  },
  arguments: [0, Number.POSITIVE_INFINITY],
  async run({ positionals, flags, config, io, signal }) {
    const output = typeof flags.output === 'string' ? flags.output : null;
    if (output !== null && !reportEndings.test(output)) {
      io.err(`hongtou: "${output}" must end in .xlsx, .docx or .html. Usage: ${matrix.usage}`);
      return 2;
    }
    const campaign = typeof flags.campaign === 'string' ? flags.campaign : null;
    const year = typeof flags.year === 'string' ? flags.year : undefined;
    const choice = CampaignFlags.safeParse({ year, level: flags.level, region: flags.region });
    const isChosen = [year, flags.level, flags.region].some((flag) => flag !== undefined);
    const isWrong = campaign === null ? positionals.length < 2 || isChosen : positionals.length > 1;
    if (isWrong || !choice.success) {
      io.err(`hongtou: "matrix" needs two notices or more, or a campaign. Usage: hongtou ${matrix.usage}`);
      return 2;
    }
    const { upper, lowers, failed } =
      campaign === null
        ? await named(positionals as [string, ...string[]], { config, io, signal })
        : await ofCampaign(campaign, { upper: positionals[0]?.replace('#', '.'), ...choice.data }, config, io);
    if (lowers.length === 0) return 1;
    const result = coverageMatrix(upper, lowers);
    if (output !== null) await writeReport(matrixReport(result), output);
    if (flags.json === true) await io.out(`${JSON.stringify(result, null, 2)}\n`);
    else if (output === null) await io.out(renderText(matrixReport(result)));
    return failed === 0 ? 0 : 1;
  },
};

/** What narrows a campaign down. */
const CampaignFlags = z.object({
  year: z
    .string()
    .regex(/^\d{4}$/)
    .transform(Number)
    .optional(),
  level: AdministrativeLevel.optional(),
  region: z
    .string()
    .regex(/^\d{1,12}$/)
    .optional(),
});

interface Sides {
  readonly upper: ComparedNotice;
  readonly lowers: readonly MatrixMember[];
  /** How many of the lower ones could not be read. */
  readonly failed: number;
}

type Named = Pick<CommandInput, 'config' | 'io' | 'signal'>;

async function named([first, ...others]: [string, ...string[]], { config, io, signal }: Named): Promise<Sides> {
  const upper = await comparedNotice(first, config, signal);
  const lowers: MatrixMember[] = [];
  for (const [index, argument] of others.entries()) {
    io.progress(`${index + 1}/${others.length} ${argument}`);
    try {
      lowers.push({ id: argument, ...(await comparedNotice(argument, config, signal)) });
    } catch (error) {
      if (!(error instanceof HongtouError)) throw error;
      reportFailure(io, argument, error, config.logLevel);
    }
  }
  return { upper, lowers, failed: others.length - lowers.length };
}

/** The notice of a campaign that has most below it, or the one named, against all below it. */
async function ofCampaign(campaignId: string, choice: CascadeChoice, config: Config, io: Io): Promise<Sides> {
  const library = await openLibrary(config);
  try {
    await library.campaigns.linkPending();
    const cascade = await campaignCascade(library, campaignId, choice);
    const shown = async (notice: CampaignNotice) => {
      const compared = await comparedMember(library, notice);
      return config.maskContacts ? { ...compared, ...maskStrings({ notice: compared.notice }) } : compared;
    };
    const lowers: MatrixMember[] = [];
    for (const [index, lower] of cascade.lowers.entries()) {
      io.progress(`${index + 1}/${cascade.lowers.length} ${lower.fileName}`);
      lowers.push({ id: lower.id, ...(await shown(lower)) });
    }
    return { upper: await shown(cascade.upper), lowers, failed: 0 };
  } finally {
    await library.close();
  }
}
