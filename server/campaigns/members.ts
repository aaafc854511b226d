import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { type Agenda, type CampaignNotice, memberId } from '../../models/api/campaign.ts';
import type { Correction, FileId } from '../../models/api/library.ts';
import type { Notice } from '../../models/index.ts';
import { agencyContext, placeAgency, toRegion } from '../../models/text/agencies.ts';
import { foldText } from '../../models/text/fold.ts';
import type { RegionIndex } from '../../models/text/regions.ts';
import { keysOf, type LinkProfile, profileOf } from '../../pipeline/campaign/linkProfile.ts';
import { provinceOf } from '../../pipeline/campaign/places.ts';
import { noticeRef } from '../../pipeline/compare/compareNotices.ts';
import { correctExtraction } from '../store/applyCorrections.ts';
import { correctionsOf } from '../store/corrections.ts';
import { type ExtractionRow, isRestricted, toExtraction } from '../store/rows.ts';
import { amongJson } from './among.ts';

/** A notice as linking and the pages of its campaign need it. */
export interface MemberRow {
  readonly member: string;
  readonly file_id: string;
  readonly notice_id: string;
  /** `provinceOf` the notice. */
  readonly province: string | null;
  readonly profile: LinkProfile;
  readonly card: CampaignNotice;
  readonly agenda: Agenda;
}

/** The notices of files as they were last read, and as people corrected them; none of one that is deleted or not read. */
export async function memberRows(
  reader: Knex,
  files: readonly FileId[],
  regions: RegionIndex,
): Promise<ReadonlyMap<FileId, readonly MemberRow[]>> {
  const list = JSON.stringify(files);
  const rows: (ExtractionRow & { name: string })[] = await reader('extraction')
    .join('file', 'file.id', 'extraction.file_id')
    .whereRaw(amongJson('file.id'), [list])
    .whereNull('file.deleted_at')
    .select('extraction.*', 'file.name');
  const corrected: { file_id: string }[] = await reader('correction')
    .whereRaw(amongJson('file_id'), [list])
    .whereNull('withdrawn_at')
    .distinct('file_id');
  const corrections = new Map<FileId, readonly Correction[]>();
  for (const { file_id } of corrected) corrections.set(file_id, await correctionsOf(reader, file_id));
  return new Map(
    rows.map((row): [FileId, readonly MemberRow[]] => {
      const read = toExtraction(row);
      const said = corrections.get(row.file_id) ?? [];
      const notices = correctExtraction(read, said).notices.map((notice, at) =>
        inKeeping(notice, read.notices[at] ?? notice, said, regions),
      );
      return [row.file_id, membersOf(row.file_id, row.name, notices, regions)];
    }),
  );
}

/**
 * A corrected notice with what follows from the corrections, where nobody has said it as well: level and place from the
 * body, the campaign's name from the title that it was read in.
 */
function inKeeping(notice: Notice, read: Notice, corrections: readonly Correction[], regions: RegionIndex): Notice {
  const own = corrections.filter((one) => one.noticeId === notice.id && one.withdrawnAt === null);
  const isSaid = (field: Correction['field']) => own.some((one) => one.field === field);
  let { administrativeLevel, region, campaign } = notice;
  if (isSaid('issuingBody') && notice.issuingBody !== null) {
    const body = notice.issuingBody.value;
    const place = placeAgency(body, agencyContext(body, [], regions));
    if (!isSaid('region') && place.region !== null) region = toRegion(place.region);
    if (!isSaid('administrativeLevel') && place.level !== null) administrativeLevel = place.level;
  }
  if (isSaid('title') && !isSaid('campaign') && campaign !== null && notice.title !== null) {
    const bare = (text: string) => foldText(text).replace(/\s/g, '');
    const name = bare(campaign.name);
    const isOfTitle = bare(read.title?.value ?? '').includes(name) && !bare(notice.title.value).includes(name);
    if (isOfTitle) campaign = { ...campaign, name: notice.title.value };
  }
  return { ...notice, administrativeLevel, region, campaign };
}

function membersOf(
  fileId: FileId,
  fileName: string,
  notices: readonly Notice[],
  regions: RegionIndex,
): readonly MemberRow[] {
  return notices.map((notice) => {
    const member = memberId(fileId, notice.id);
    const profile = profileOf({ id: member, fileName, notice });
    return {
      member,
      file_id: fileId,
      notice_id: notice.id,
      province: provinceOf(profile, regions),
      profile,
      card: cardOf(member, fileId, fileName, notice),
      agenda: { deadlines: notice.deadlines, contacts: notice.contacts },
    };
  });
}

function cardOf(member: string, fileId: string, fileName: string, notice: Notice): CampaignNotice {
  return {
    ...noticeRef({ fileName, notice }),
    id: member,
    fileId,
    documentType: notice.documentType,
    region: notice.region,
    issueDate: notice.issueDate?.value ?? null,
    restricted: isRestricted(notice.securityLevel?.value ?? null, notice.disclosure?.value ?? null),
    campaign: notice.campaign?.name ?? null,
    startDate: notice.campaign?.startDate ?? null,
    endDate: notice.campaign?.endDate ?? null,
    phases: notice.campaign?.phases ?? [],
    deadlines: notice.deadlines.length,
    focusItems: notice.focusItems.length,
  };
}

function storedProfile(profile: LinkProfile) {
  const json = JSON.stringify(profile);
  return { profile: json, profile_hash: createHash('sha1').update(json).digest('base64') };
}

/** Rows of one statement; SQLite takes 32,766 values. */
const rowsAtOnce = 400;

/** `campaigns`: the number of the campaign that each was in, until it is linked anew. */
export async function putMembers(
  transaction: Knex.Transaction,
  members: readonly MemberRow[],
  campaigns: ReadonlyMap<string, number | null>,
): Promise<void> {
  const keyed = members.map((row) => ({ row, keys: keysOf(row.profile) }));
  const put = async (table: string, rows: readonly object[]) => {
    for (let at = 0; at < rows.length; at += rowsAtOnce) {
      await transaction(table)
        .insert(rows.slice(at, at + rowsAtOnce))
        .onConflict()
        .ignore();
    }
  };
  await put(
    'link_member',
    keyed.map(({ row: { profile, card, agenda, ...row }, keys }) => ({
      ...row,
      name_key: keys.name,
      campaign_number: campaigns.get(row.member) ?? null,
      ...storedProfile(profile),
      card: JSON.stringify(card),
      agenda: JSON.stringify(agenda),
    })),
  );
  const kinds = { own: 'own', cited: 'cited', forwarded: 'forwarded', mates: 'mate', items: 'item' } as const;
  await put(
    'link_key',
    keyed.flatMap(({ row: { member }, keys }) =>
      Object.entries(kinds).flatMap(([of, kind]) =>
        keys[of as keyof typeof kinds].map((key) => ({ key, kind, member })),
      ),
    ),
  );
  const names = new Map(
    keyed.flatMap(({ row, keys }) => (keys.name === null ? [] : [[keys.name, { name: row.profile.campaign, keys }]])),
  );
  await put(
    'link_name',
    [...names].map(([name_key, { name }]) => ({ name_key, name: JSON.stringify(name) })),
  );
  await put(
    'link_gram',
    [...names].flatMap(([name_key, { keys }]) => keys.grams.map((gram) => ({ gram, name_key }))),
  );
}
