import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAnnotated } from '../../corpus/cascades/annotated.ts';
import { generateCascade } from '../../corpus/cascades/generateCascade.ts';
import { LabelledPair } from '../../corpus/cascades/labels.ts';
import { f1, newScore, type Score, scorePair } from '../../corpus/cascades/scorePair.ts';
import { compareNotices } from '../../pipeline/compare/compareNotices.ts';

const folder = path.resolve(import.meta.dirname, '../../corpus/cascades/pairs');
const files = readdirSync(folder).filter((name) => name.endsWith('.pair.json'));

function add(score: Score, name: string, labels: LabelledPair, upper: string, lower: string): void {
  const left = { fileName: 'upper', notice: parseAnnotated(upper).notice };
  const right = { fileName: 'lower', notice: parseAnnotated(lower).notice };
  scorePair(score, name, labels, compareNotices(left, right));
}

const value = (score: Score, key: string) => f1(score.tallies.get(key) ?? { tp: 0, fp: 0, fn: 1 });
const classes = ['kept', 'dropped', 'added'].map((change) => `items.${change}`);

describe('changes of pairs labelled by hand', () => {
  const score = newScore();
  for (const file of files) {
    const read = (name: string) => readFileSync(path.join(folder, name), 'utf8');
    const labels = LabelledPair.parse(JSON.parse(read(file)));
    add(score, file, labels, read(labels.left), read(labels.right));
  }

  test('there are at least four pairs', () => {
    expect(files.length).toBeGreaterThanOrEqual(4);
  });

  test.each([...classes, 'items.modified with right effects', 'deadlines.modified', 'rows.kept', 'columns.modified'])(
    '%s is told nine times in ten',
    (key) => {
      expect(value(score, key)).toBeGreaterThanOrEqual(0.9);
    },
  );
});

describe('changes of generated cascades', () => {
  const score = newScore();
  for (let seed = 9001; seed < 9031; seed++) {
    const cascade = generateCascade(seed);
    add(score, String(seed), cascade.labels, cascade.upper, cascade.lower);
  }

  test.each([...classes, 'deadlines.modified', 'targets.modified', 'rows.modified', 'columns.modified'])(
    '%s',
    (key) => {
      expect(value(score, key)).toBeGreaterThanOrEqual(0.95);
    },
  );

  test('modified with the right effects', () => {
    expect(value(score, 'items.modified with right effects')).toBeGreaterThanOrEqual(0.85);
  });
});

test('the same seed makes the same cascade', () => {
  expect(generateCascade(77)).toEqual(generateCascade(77));
  expect(generateCascade(77).upper).not.toBe(generateCascade(78).upper);
});

test('every labelled item stands in its notice', () => {
  const { upper, lower, labels } = generateCascade(123);
  const texts = (source: string) => parseAnnotated(source).notice.focusItems.map((item) => item.text);
  expect(labels.items.flatMap((change) => change.left).sort()).toEqual(texts(upper).sort());
  expect(labels.items.flatMap((change) => change.right).sort()).toEqual(texts(lower).sort());
});

test('what a mark quotes stands in the text', () => {
  const { text, notice } = parseAnnotated(generateCascade(5).upper);
  const facts = [...notice.focusItems, ...notice.deadlines, ...notice.targets, ...notice.sections];
  for (const { evidence } of facts) for (const one of evidence) expect(text.slice(one.start, one.end)).toBe(one.quote);
  expect(facts.length).toBeGreaterThan(10);
});
