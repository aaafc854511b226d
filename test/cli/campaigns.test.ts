import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { CoverageMatrix } from '../../models/index.ts';
import { packageRoot } from '../../server/packageRoot.ts';
import { run } from '../runCommand.ts';
import { temporaryFolder } from '../store/folders.ts';

const Line = z.looseObject({ campaigns: z.array(z.looseObject({ campaignId: z.string(), members: z.int() })) });

describe('hongtou campaigns', () => {
  let data: string;
  let ingested: Awaited<ReturnType<typeof run>>;
  beforeAll(async () => {
    vi.stubEnv('HONGTOU_REGIONS', path.join(packageRoot, 'corpus/regions.json'));
    const folder = await temporaryFolder();
    data = path.join(folder, 'library');
    const notices = path.join(folder, 'notices');
    await mkdir(notices);
    for (const id of ['gas-provincial', 'gas-prefectural', 'gas-county', 'straw-burning-ban']) {
      await copyFile(path.join(packageRoot, 'corpus/notices', id, 'notice.txt'), path.join(notices, `${id}.txt`));
    }
    ingested = await run('ingest', notices, '--data', data);
  }, 120_000);

  it('are told of when notices are taken in', async () => {
    expect(ingested.status).toBe(0);
    expect(ingested.out).toMatch(/^c1 +linked 3 of 3 notices {2}瓶装液化石油气“瓶安”专项整治行动$/m);
    const again = await run(
      'ingest',
      path.join(packageRoot, 'corpus/notices/gas-county/notice.txt'),
      '--data',
      data,
      '--json',
    );
    expect(Line.parse(JSON.parse(again.out)).campaigns).toEqual([
      { campaignId: 'c1', name: '瓶装液化石油气“瓶安”专项整治行动', members: 3 },
    ]);
  }, 60_000);

  it('are listed, and one is shown as the tree of who passed on what', async () => {
    const list = await run('campaigns', '--data', data);
    expect(list.out).toContain('c1    瓶装液化石油气“瓶安”专项整治行动  2025年  3件（省市县）  未入库1件');
    const { out, status } = await run('campaigns', 'c1', '--data', data);
    expect(status).toBe(0);
    const order = ['（未入库）', '[省] 云汀省', '[市] 临漪市', '[县] 禾溪县'].map((part) => out.indexOf(part));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(order).not.toContain(-1);
    expect(out).toContain('未见印发（临漪市下属）：望岫区');
    const json = await run('campaigns', 'c1', '--json', '--data', data);
    expect(JSON.parse(json.out)).toMatchObject({ campaignId: 'c1', members: 3, editions: [{ year: 2025 }] });
  });

  it('give the notices that a matrix sets against each other', async () => {
    const { status, out } = await run('matrix', '--campaign', 'c1', '--json', '--data', data);
    expect(status).toBe(0);
    const { upper, rows } = CoverageMatrix.parse(JSON.parse(out));
    expect(upper.documentNumber).toBe('云建燃〔2025〕31号');
    expect(rows.map(({ notice }) => notice.documentNumber)).toEqual(['漪城管发〔2025〕46号', '禾住建〔2025〕58号']);
  });

  it.each([
    ['the province and its counties', ['--level', 'county'], '云建燃〔2025〕31号', ['禾住建〔2025〕58号']],
    ['the province and its cities', ['--level', 'prefectural'], '云建燃〔2025〕31号', ['漪城管发〔2025〕46号']],
    ['a city and its counties', ['--region', '910100'], '漪城管发〔2025〕46号', ['禾住建〔2025〕58号']],
    ['all of a year', ['--year', '2025'], '云建燃〔2025〕31号', ['漪城管发〔2025〕46号', '禾住建〔2025〕58号']],
  ])('give a matrix of %s', async (_, flags, number, lowers) => {
    const { status, out } = await run('matrix', '--campaign', 'c1', ...flags, '--json', '--data', data);
    expect(status).toBe(0);
    const { upper, rows } = CoverageMatrix.parse(JSON.parse(out));
    expect([upper.documentNumber, ...rows.map(({ notice }) => notice.documentNumber)]).toEqual([number, ...lowers]);
  });

  it('that have nothing of what is asked say so', async () => {
    const { status, err } = await run('matrix', '--campaign', 'c1', '--level', 'township', '--data', data);
    expect({ status, lines: err.length }).toEqual({ status: 1, lines: 1 });
    expect((await run('matrix', '--campaign', 'c1', '--level', 'village', '--data', data)).status).toBe(2);
    expect((await run('matrix', 'a.txt', 'b.txt', '--level', 'county')).status).toBe(2);
  });

  it('that are not there are an error in one line', async () => {
    for (const argv of [
      ['campaigns', 'c9'],
      ['matrix', '--campaign', 'c9'],
    ]) {
      const { status, err, out } = await run(...argv, '--data', data);
      expect({ status, out }).toEqual({ status: 1, out: '' });
      expect(err).toHaveLength(1);
      expect(err[0]).toContain('c9');
    }
    expect((await run('matrix', 'only-one.txt')).status).toBe(2);
  });
});
