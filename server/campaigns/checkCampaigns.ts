import type { Knex } from 'knex';
import { z } from 'zod';
import type { FileId } from '../../models/api/library.ts';
import { CampaignEdition, CampaignLink, type LineageNode, MissingDocument, VersionGroup } from '../../models/index.ts';
import type { RegionIndex } from '../../models/text/regions.ts';
import { groupBy } from '../../pipeline/campaign/groups.ts';
import { type Database, write } from '../store/database.ts';
import { amongJson } from './among.ts';
import { memberRows } from './members.ts';

/** What is wrong with what is kept of campaigns, and how it is made anew. */
export interface CampaignFault {
  readonly fault: string;
  /** Files of which all is noted anew; their notices, and the campaigns these are in, are linked anew. */
  readonly files?: readonly FileId[];
  /** Notices that are linked anew. */
  readonly members?: readonly string[];
  /** Rows that go: table, column, value. */
  readonly rows?: readonly [table: string, column: string, value: string | number];
}

const Body = z.object({
  editions: z.array(CampaignEdition),
  links: z.array(CampaignLink),
  missingDocuments: z.array(MissingDocument),
  versions: z.array(VersionGroup),
});

const fileOf = (member: string): FileId => member.slice(0, 64);
/** Files looked at together. */
const filesAtOnce = 200;

/**
 * Whether campaigns, their links and what linking knows of the notices agree with each other and with the extractions. What
 * waits to be linked is left out: it will be made anew. Changes nothing.
 */
export async function campaignFaults({ reader }: Database, regions: RegionIndex): Promise<readonly CampaignFault[]> {
  const faults: CampaignFault[] = [];
  const waiting = new Set(await column<FileId>(reader('link_todo'), 'file_id'));
  const dirty = new Set(await column<string>(reader('link_dirty'), 'member'));
  const members: readonly MemberPlace[] = await reader('link_member').select('member', 'file_id', 'campaign_number');
  const settled = members.filter(({ file_id }) => !waiting.has(file_id));
  const present = new Set(members.map(({ member }) => member));
  const linksFrom = new Map<string, readonly CampaignLink[]>();

  const membersOf = groupBy(members, ({ campaign_number }) => campaign_number);
  const numbers: readonly number[] = await column(reader('campaign').orderBy('number'), 'number');
  for (const number of numbers) {
    const inside = (membersOf.get(number) ?? []).map(({ member }) => member);
    if (inside.length === 0) {
      faults.push({ fault: `campaign c${number}: no notice is in it`, rows: ['campaign', 'number', number] });
      continue;
    }
    // Something of it changed: it is linked anew as a whole.
    if (inside.some((member) => dirty.has(member) || waiting.has(fileOf(member)))) continue;
    const row: { body: string } | undefined = await reader('campaign').where({ number }).first('body');
    const body = Body.safeParse(parsed(row?.body ?? ''));
    if (!body.success) {
      faults.push({ fault: `campaign c${number}: it has not the shape of one`, members: inside });
      continue;
    }
    for (const fault of faultsOfBody(body.data, inside, present)) {
      faults.push({ fault: `campaign c${number}: ${fault}`, members: inside });
    }
    for (const [from, links] of groupBy(body.data.links, ({ from }) => from)) linksFrom.set(from, links);
  }
  const known = new Set(numbers);
  for (const { member, campaign_number } of settled) {
    if (campaign_number !== null && !known.has(campaign_number) && !dirty.has(member)) {
      faults.push({
        fault: `notice ${member}: it is in campaign c${campaign_number}, which is not there`,
        members: [member],
      });
    }
  }
  faults.push(...(await faultsOfFiles(reader, regions, { settled, waiting, linksFrom })));
  faults.push(...(await faultsOfRows(reader)));
  return faults;
}

interface MemberPlace {
  readonly member: string;
  readonly file_id: FileId;
  readonly campaign_number: number | null;
}

async function column<T>(query: Knex.QueryBuilder, name: string): Promise<readonly T[]> {
  return query.pluck(name);
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function* faultsOfBody(
  { editions, links, missingDocuments }: z.infer<typeof Body>,
  inside: readonly string[],
  present: ReadonlySet<string>,
): Generator<string> {
  const told = editions.flatMap((edition) => edition.members).sort();
  if (told.join() !== [...inside].sort().join()) yield 'its years have other notices than it has';
  const documents = new Set(missingDocuments.map(({ id }) => id));
  const isThere = (id: string) => present.has(id) || documents.has(id);
  const standing = editions.flatMap((edition) => edition.roots.flatMap(idsIn));
  for (const id of new Set(standing)) if (!isThere(id)) yield `${id} stands in its tree and is not there`;
  const own = new Set(inside);
  for (const { from, to } of links) {
    if (!own.has(from)) yield `a link begins at ${from}, which is not in it`;
    if (!isThere(to)) yield `the link from ${from} leads to ${to}, which is not there`;
  }
}

const idsIn = (node: LineageNode): string[] => [node.id, ...node.copies, ...node.children.flatMap(idsIn)];

interface Known {
  readonly settled: readonly MemberPlace[];
  readonly waiting: ReadonlySet<FileId>;
  readonly linksFrom: ReadonlyMap<string, readonly CampaignLink[]>;
}

/** Whether what is noted of each notice is what its extraction says, and the words that its links rest on are there. */
async function faultsOfFiles(reader: Knex, regions: RegionIndex, known: Known): Promise<readonly CampaignFault[]> {
  const faults: CampaignFault[] = [];
  const noted = groupBy(known.settled, ({ file_id }) => file_id);
  const read: readonly FileId[] = await column(
    reader('extraction').join('file', 'file.id', 'extraction.file_id').whereNull('file.deleted_at'),
    'file.id',
  );
  const extracted = new Set(read);
  for (const [fileId, some] of noted) {
    if (extracted.has(fileId)) continue;
    faults.push({
      fault: `notice ${some[0]!.member}: it is linked, and its file is not in the library`,
      files: [fileId],
    });
  }
  const settled = read.filter((fileId) => !known.waiting.has(fileId));
  for (let at = 0; at < settled.length; at += filesAtOnce) {
    const files = settled.slice(at, at + filesAtOnce);
    const list = JSON.stringify(files);
    const kept: { member: string; profile: string }[] = await reader('link_member')
      .whereRaw(amongJson('file_id'), [list])
      .select('member', 'profile');
    const profileOf = new Map(kept.map(({ member, profile }) => [member, profile]));
    const rows = await memberRows(reader, files, regions);
    const texts: { file_id: FileId; text: string }[] = await reader('extraction')
      .whereRaw(amongJson('file_id'), [list])
      .select('file_id', 'text');
    const textOf = new Map(texts.map(({ file_id, text }) => [file_id, text]));
    for (const fileId of files) {
      const now = rows.get(fileId) ?? [];
      const before = noted.get(fileId) ?? [];
      const isSame =
        now.length === before.length &&
        now.every(({ member, profile }) => profileOf.get(member) === JSON.stringify(profile));
      if (!isSame) faults.push({ fault: `file ${fileId}: what is linked is not what was read of it`, files: [fileId] });
      const text = textOf.get(fileId) ?? '';
      const links = before.flatMap(({ member }) => known.linksFrom.get(member) ?? []);
      const gone = links.find(({ evidence }) =>
        evidence.some(({ start, end, quote }) => text.slice(start, end) !== quote),
      );
      if (gone !== undefined) {
        faults.push({
          fault: `the link from ${gone.from} to ${gone.to}: the words that it rests on are not in the text`,
          files: [fileId],
        });
      }
    }
  }
  return faults;
}

/** Rows that speak of what is not there any more. */
async function faultsOfRows(reader: Knex): Promise<readonly CampaignFault[]> {
  const aliases: readonly { number: number; campaign_number: number }[] = await reader('campaign_alias')
    .whereNotIn('campaign_number', reader('campaign').select('number'))
    .whereNotIn('campaign_number', reader('campaign_alias').select('number'));
  const decisions: readonly { id: number; from_member: string }[] = await reader('link_decision')
    .whereRaw('substr(from_member, 1, 64) not in (select id from file)')
    .select('id', 'from_member');
  const unnamed: readonly { member: string; file_id: FileId }[] = await reader('link_member')
    .whereNotNull('name_key')
    .whereNotIn('name_key', reader('link_name').select('name_key'))
    .select('member', 'file_id');
  return [
    ...aliases.map(
      ({ number, campaign_number }): CampaignFault => ({
        fault: `campaign c${number}: it became part of c${campaign_number}, which is not there`,
        rows: ['campaign_alias', 'number', number],
      }),
    ),
    ...decisions.map(
      ({ id, from_member }): CampaignFault => ({
        fault: `decision ${id}: it speaks of ${from_member}, which is not in the library`,
        rows: ['link_decision', 'id', id],
      }),
    ),
    ...unnamed.map(
      ({ member, file_id }): CampaignFault => ({
        fault: `notice ${member}: nothing finds it by its name`,
        files: [file_id],
      }),
    ),
  ];
}

/** Takes away what speaks of nothing, and notes what is to be linked anew. */
export async function mendCampaigns(database: Database, faults: readonly CampaignFault[]): Promise<void> {
  await write(database, async (transaction) => {
    for (const { rows } of faults) if (rows !== undefined) await transaction(rows[0]).where(rows[1], rows[2]).delete();
    const files = JSON.stringify(faults.flatMap((fault) => fault.files ?? []));
    await transaction.raw(
      'insert into link_todo (file_id) select value from json_each(?) where true on conflict (file_id) do nothing',
      [files],
    );
    const members = JSON.stringify(faults.flatMap((fault) => fault.members ?? []));
    await transaction.raw(
      `insert into link_dirty select member from link_member where ${amongJson('member')} on conflict do nothing`,
      [members],
    );
  });
}
