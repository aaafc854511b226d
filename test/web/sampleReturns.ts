import { z } from 'zod';
import { CollectionDetail } from '../../models/api/collection.ts';
import { Extraction } from '../../models/index.ts';
import { formModels } from '../../pipeline/template/formModel.ts';
import { renderXlsx } from '../../pipeline/template/renderXlsx.ts';
import { goodValues, randomFrom } from '../returns/workbooks.ts';

const Proposal = z.object({ units: CollectionDetail.unwrap().shape.units });

/**
 * Collects on the first form of a notice: the units that its recipients name and some stations below them, three periods,
 * some of them late, some missing, some with a word in a cell of a number. Gives the last period.
 */
export async function collectSamples(url: string, fileId: string): Promise<string> {
  const ask = async (address: string, method = 'GET', body?: unknown): Promise<unknown> => {
    const json = { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
    return (await fetch(url + address, { method, ...(body === undefined ? {} : json) })).json();
  };
  const opened = CollectionDetail.parse(await ask('/api/collections', 'POST', { fileId, noticeId: 'n1' }));
  const own = `/api/collections/${opened.collection.collectionId}`;
  const proposed = Proposal.parse(await ask(`${own}/units/proposal`)).units;
  const parent = proposed.find((unit) => unit.reports)?.name ?? null;
  const stations = Array.from({ length: 12 }, (_, i) => `第${i + 1}片区燃气安全联合检查工作站`).map((name) => ({
    name,
    parent,
    code: null,
    aliases: [],
    reports: true,
  }));
  const units = [...proposed, ...stations];
  await ask(`${own}/units`, 'PUT', { units });
  const { notices } = Extraction.parse(await ask(`/api/files/${fileId}/extraction`));
  const random = randomFrom(11);
  const periods = opened.tables[0]?.periods.slice(-3) ?? [];
  for (const period of periods) {
    for (const unit of units) {
      if (!unit.reports || random() < 0.2) continue;
      const [form] = formModels(notices[0]!, { period, unit: unit.name });
      const values = goodValues(form!, random);
      if (random() < 0.15) values[2] = '约十处';
      const body = new FormData();
      const bytes = await renderXlsx([form!], [values]);
      body.append('files', new Blob([bytes.slice()]), `${unit.name}${period}.xlsx`);
      await fetch(`${url}${own}/returns?receivedAt=${period}-${random() < 0.3 ? '28' : '02'}T01:00:00Z`, {
        method: 'POST',
        body,
      });
    }
  }
  return periods.at(-1) ?? '';
}
