import { expect, test } from 'vitest';
import { layoutLine, layoutPage } from '../../models/index.ts';
import { extractLayout } from '../../pipeline/run.ts';

/** A notice signed by 桐河县教育局 with a seal that bears this name. */
function findingsWith(seal: string | null) {
  const lines = ['关于检查的通知', '各学校：', '请认真检查。', '桐河县教育局', '2025年3月1日'].map((text) =>
    layoutLine(text),
  );
  const page = layoutPage([...lines, { type: 'seal', text: seal, box: null, confidence: 0.9 }]);
  const layout = { mediaType: 'application/pdf', paged: true, pages: [page], signatures: [], diagnostics: [] };
  const { findings } = extractLayout({ fileName: 'notice.pdf', bytes: new Uint8Array() }, layout);
  return findings.filter((finding) => finding.code === 'seal-signature-mismatch');
}

test.each(['桐河县水务局', '桐河县教体局', '苇塘县教育局', '桐河县人民政府'])('a seal of %s is queried', (seal) => {
  const [finding, ...others] = findingsWith(seal);
  expect(others).toEqual([]);
  expect(finding).toMatchObject({ severity: 'warning', message: `印章“${seal}”与署名“桐河县教育局”不一致。` });
  expect(finding!.evidence.map((e) => e.quote)).toEqual(['桐河县教育局']);
});

test.each([null, '桐河县教育局', '教育局', '桐河县教育局办公专用章', '桐河县教育局(3)', '印'])(
  'a seal of %s is in order',
  (seal) => {
    expect(findingsWith(seal)).toEqual([]);
  },
);
