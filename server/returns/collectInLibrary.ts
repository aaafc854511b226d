import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { TakenReturn } from '../../models/api/collection.ts';
import { HongtouError } from '../../models/index.ts';
import { checkInput, readInput } from '../inputFile.ts';
import { type Library, openLibrary } from '../library.ts';
import { databasePath } from '../store/sqliteStore.ts';
import { openedCollection, wholeCollection } from './collectionViews.ts';
import type { Collected, CollectRequest, CollectRun } from './collectRequest.ts';
import { collectableForms, noticeOfLibrary, openNoticeCollection } from './noticeForms.ts';
import { directReturnReader } from './returnReader.ts';
import { type ReturnedFile, takeReturns } from './takeReturns.ts';

/** Files whose contents are held at the same time. */
const batch = 100;

/**
 * Takes returns into the library's own record, the one that the web application shows; null where the campaign names no
 * notice of the library. `isMeant`: somebody named the library, so a notice that it does not hold is an error.
 */
export async function collectInLibrary(
  asked: CollectRequest,
  run: CollectRun,
  isMeant: boolean,
): Promise<Collected | null> {
  const [, name = '', noticeId] = /^(.+?)(?:#(n\d{1,4}))?$/.exec(asked.campaign) ?? [];
  const isCampaign = /^c[1-9]\d{0,9}$/.test(asked.campaign) && !existsSync(name);
  const isId = isCampaign || (/^[0-9a-f]{8,64}$/.test(name) && !existsSync(name));
  const isRecord = path.extname(name).toLowerCase() === '.json';
  if ((!isId && (!isMeant || isRecord)) || !existsSync(databasePath(run.config.data))) return null;
  const library = await openLibrary(run.config);
  try {
    if (isCampaign) {
      const of = await noticeOfCampaign(library, asked.campaign);
      return await collectFor(library, of.fileId, of.noticeId, asked, run);
    }
    const fileId = await fileNamed(library, name, isId);
    if (fileId === null) {
      if (isMeant) throw new HongtouError('NOT_FOUND', { what: `"${name}"` });
      return null;
    }
    return await collectFor(library, fileId, noticeId, asked, run);
  } finally {
    await library.close();
  }
}

/** The file of the library that an id, its beginning, or the bytes of a file on this machine name. */
async function fileNamed({ store }: Library, name: string, isId: boolean): Promise<string | null> {
  const id = isId
    ? name
    : createHash('sha256')
        .update((await readInput(name)).bytes)
        .digest('hex');
  const [file, another] = await store.findFilesByPrefix(id);
  if (another !== undefined) {
    throw new HongtouError('NOT_ALLOWED', { what: `The id ${name}`, reason: 'several files begin with it' });
  }
  return file?.fileId ?? null;
}

/**
 * The notice of a campaign on whose forms is collected: the one that was begun with, or the only one that prescribes any.
 * Throws NOT_FOUND, NO_TABLE, and NOT_ALLOWED where somebody has to say which.
 */
async function noticeOfCampaign(
  library: Library,
  campaignId: string,
): Promise<{ readonly fileId: string; readonly noticeId: string }> {
  const { store, campaigns } = library;
  await campaigns.linkPending();
  const notices = await campaigns.noticesOf(campaignId);
  if (notices.length === 0) throw new HongtouError('NOT_FOUND', { what: `Campaign ${campaignId}` });
  const prescribing: { readonly fileId: string; readonly noticeId: string; readonly begun: boolean }[] = [];
  for (const { fileId, noticeId } of notices) {
    const { notice } = await noticeOfLibrary(library, fileId, noticeId);
    if (collectableForms(notice).length === 0) continue;
    prescribing.push({ fileId, noticeId, begun: (await store.findCollectionOf(fileId, noticeId)) !== undefined });
  }
  const begun = prescribing.filter((one) => one.begun);
  const candidates = begun.length > 0 ? begun : prescribing;
  const [only, another] = candidates;
  if (only === undefined) throw new HongtouError('NO_TABLE', { fileName: campaignId });
  if (another !== undefined) {
    const names = candidates.map(({ fileId, noticeId }) => `${fileId.slice(0, 12)}#${noticeId}`).join(', ');
    throw new HongtouError('NOT_ALLOWED', {
      what: `Collecting for ${campaignId}`,
      reason: `several of its notices prescribe forms; name one: ${names}`,
    });
  }
  return only;
}

async function collectFor(
  library: Library,
  fileId: string,
  noticeId: string | undefined,
  asked: CollectRequest,
  run: CollectRun,
): Promise<Collected> {
  const { store, incoming } = library;
  const chosen = noticeId ?? (await noticeWithForms(library, fileId));
  const { collectionId } = await openNoticeCollection(library, fileId, chosen, actor);
  if (asked.version !== null) {
    const { notice } = await noticeOfLibrary(library, fileId, chosen);
    await store.addForms(collectionId, collectableForms(notice, asked.version), actor);
  }
  if (asked.units !== null) await store.setUnits(collectionId, asked.units, actor);
  const results: TakenReturn[] = [];
  let failed = 0;
  for (let start = 0; start < asked.files.length && !run.signal.aborted; start += batch) {
    const returned: ReturnedFile[] = [];
    for (const file of asked.files.slice(start, start + batch)) {
      try {
        await checkInput(file);
        const receivedAt = (await stat(file)).mtime.toISOString();
        returned.push({ fileName: path.basename(file), path: await incoming.takeIn(file), receivedAt });
      } catch (error) {
        failed += 1;
        run.refuse(file, error);
      }
    }
    run.progress(`${Math.min(start + batch, asked.files.length)}/${asked.files.length}`);
    const options = { period: asked.period, actor, onFault: run.progress };
    results.push(...(await takeReturns(library, directReturnReader, collectionId, returned, options)));
  }
  for (const { fileName, problem } of results) {
    if (problem === null) continue;
    failed += 1;
    run.refuse(fileName, `${problem.message} ${problem.hint}`);
  }
  const opened = await openedCollection(store, collectionId);
  const collection = await wholeCollection(store, opened, { table: null, period: asked.period, now: asked.now });
  const namesOf = (isTaken: boolean) =>
    results
      .filter(({ outcome }) => (isTaken ? outcome === 'taken' || outcome === 'rejected' : outcome === 'unchanged'))
      .map(({ fileName }) => fileName);
  const { record } = opened;
  return {
    collection: {
      ...collection,
      taken: namesOf(true),
      unchanged: namesOf(false),
      issues: results.filter(({ outcome }) => outcome !== 'unchanged').flatMap(({ issues }) => issues),
    },
    kept: `${library.folder}, collection ${collectionId}: ${record.returns} returns of ${record.files} files`,
    failed,
  };
}

const actor = 'cli';

/** The first notice of a file that prescribes a form. Throws NO_TABLE, NOT_READ_YET. */
async function noticeWithForms({ store }: Library, fileId: string): Promise<string> {
  const file = await store.findFile(fileId);
  const fileName = file?.fileName ?? fileId;
  const stored = await store.findExtraction(fileId);
  if (stored === undefined) throw new HongtouError('NOT_READ_YET', { fileName });
  const notice = stored.extraction.notices.find((one) => collectableForms(one).length > 0);
  if (notice === undefined) throw new HongtouError('NO_TABLE', { fileName });
  return notice.id;
}
