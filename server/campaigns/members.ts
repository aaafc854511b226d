import type { Knex } from 'knex';
import { type Agenda, type CampaignNotice, memberId } from '../../models/api/campaign.ts';
import type { Extraction, Notice } from '../../models/index.ts';
import { keysOf, type LinkProfile, profileOf } from '../../pipeline/campaign/linkProfile.ts';
import { type ExtractionRow, isRestricted, toExtraction } from '../store/rows.ts';

/** A notice as linking and the pages of its campaign need it. */
export interface MemberRow {
  readonly member: string;
  readonly file_id: string;
  readonly notice_id: string;
  readonly profile: LinkProfile;
  readonly card: CampaignNotice;
  readonly agenda: Agenda;
}

/** Most values that one statement lists. */
const listed = 250;

export async function inChunks<T>(
  values: readonly T[],
  work: (some: readonly T[]) => PromiseLike<unknown>,
): Promise<void> {
  for (let at = 0; at < values.length; at += listed) await work(values.slice(at, at + listed));
}

/** The notices of a file as they were last read; none of one that is deleted or not read. */
export async function memberRows(reader: Knex, fileId: string): Promise<readonly MemberRow[]> {
  const row: (ExtractionRow & { name: string }) | undefined = await reader('extraction')
    .join('file', 'file.id', 'extraction.file_id')
    .where('file.id', fileId)
    .whereNull('file.deleted_at')
    .first('extraction.*', 'file.name');
  return row === undefined ? [] : membersOfExtraction(fileId, row.name, toExtraction(row));
}

function membersOfExtraction(fileId: string, fileName: string, { notices }: Extraction): readonly MemberRow[] {
  return notices.map((notice) => {
    const member = memberId(fileId, notice.id);
    return {
      member,
      file_id: fileId,
      notice_id: notice.id,
      profile: profileOf({ id: member, fileName, notice }),
      card: cardOf(member, fileId, fileName, notice),
      agenda: { deadlines: notice.deadlines, contacts: notice.contacts },
    };
  });
}

function cardOf(member: string, fileId: string, fileName: string, notice: Notice): CampaignNotice {
  return {
    id: member,
    fileId,
    noticeId: notice.id,
    fileName,
    documentType: notice.documentType,
    documentNumber: notice.documentNumber?.value ?? null,
    title: notice.title?.value ?? null,
    issuingBody: notice.issuingBody?.value ?? null,
    administrativeLevel: notice.administrativeLevel,
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

/** `campaigns`: the number of the campaign that each was in, until it is linked anew. */
export async function putMembers(
  transaction: Knex.Transaction,
  members: readonly MemberRow[],
  campaigns: ReadonlyMap<string, number | null>,
): Promise<void> {
  for (const { profile, card, agenda, ...row } of members) {
    const keys = keysOf(profile);
    await transaction('link_member').insert({
      ...row,
      name_key: keys.name,
      campaign_number: campaigns.get(row.member) ?? null,
      profile: JSON.stringify(profile),
      card: JSON.stringify(card),
      agenda: JSON.stringify(agenda),
    });
    const { member } = row;
    const rows = [
      ...keys.own.map((key) => ({ key, kind: 'own', member })),
      ...keys.cited.map((key) => ({ key, kind: 'cited', member })),
      ...keys.mates.map((key) => ({ key, kind: 'mate', member })),
      ...keys.items.map((key) => ({ key, kind: 'item', member })),
    ];
    if (rows.length > 0) await transaction.batchInsert('link_key', rows, 100);
    if (keys.name === null || profile.campaign === null) continue;
    const known: unknown = await transaction('link_name').where('name_key', keys.name).first('name_key');
    if (known !== undefined) continue;
    await transaction('link_name').insert({ name_key: keys.name, name: JSON.stringify(profile.campaign) });
    const grams = keys.grams.map((gram) => ({ gram, name_key: keys.name }));
    if (grams.length > 0) await transaction('link_gram').insert(grams).onConflict(['gram', 'name_key']).ignore();
  }
}
