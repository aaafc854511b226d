import type { Change, CoverageCell, CoverageMatrix, CoverageRow, CoverageState } from '../../models/comparison.ts';
import type { FocusItem } from '../../models/facts.ts';
import type { Notice, Region } from '../../models/notice.ts';
import { clusterAdded } from './addedClusters.ts';
import { checkCalendar } from './calendar.ts';
import { compareItems } from './compareItems.ts';
import { type ComparedNotice, noticeRef, sectionMapOf } from './compareNotices.ts';
import { alignItems, comparedItems, itemEntries, type SimilarityFunction } from './items.ts';
import { findNearCopies } from './nearCopies.ts';
import { bureauOf, givenTokens } from './noticeWords.ts';
import { remitOf } from './remit.ts';
import { looseSentences, searchRunningText } from './runningText.ts';
import { alignSections, sectionEntries } from './sections.ts';

/** A lower notice with the id under which the caller knows it. */
export interface MatrixMember extends ComparedNotice {
  readonly id: string;
}

export interface MatrixOptions {
  readonly similarity?: SimilarityFunction;
  /** Every region that should have issued something; those without a row are `missing`. */
  readonly regions?: readonly Region[];
  /** Called after every lower notice, for progress and to stop (throw). */
  readonly onRow?: (done: number, total: number) => void;
}

/** A weakened item counts by half. */
const weakenedShare = 0.5;

function stateOf(change: Change<FocusItem>): CoverageState {
  if (change.change === 'kept') return 'kept';
  if (change.change === 'modified') {
    return change.effects.includes('weakened') && !change.effects.includes('strengthened') ? 'weakened' : 'modified';
  }
  return change.effects.includes('out-of-remit') ? 'out-of-remit' : 'dropped';
}

function countStates(cells: readonly CoverageCell[]) {
  const count = (state: CoverageState) => cells.filter((cell) => cell.state === state).length;
  return {
    kept: count('kept'),
    modified: count('modified'),
    weakened: count('weakened'),
    dropped: count('dropped'),
    outOfRemit: count('out-of-remit'),
  };
}

/** What one lower notice made of the upper one. */
export type RowMaker = (lower: MatrixMember) => CoverageRow;

/** Makes the rows of a matrix one by one, for callers that have other things to do between them. */
export function rowMaker(upper: ComparedNotice, similarity?: SimilarityFunction): RowMaker {
  const upperBureau = bureauOf(upper.notice);
  const upperItems = itemEntries(upper.notice, upperBureau);
  const upperSections = sectionEntries(upper.notice.sections, upperBureau);
  const upperSentences = looseSentences(upper.notice, upperBureau);
  const items = comparedItems(upper.notice);
  const position = new Map(items.map((item, i) => [item, i]));
  return (lower) => {
    const { notice } = lower;
    const bureau = bureauOf(notice);
    const sectionMap = sectionMapOf(alignSections(upperSections, sectionEntries(notice.sections, bureau)));
    const aligned = alignItems(upperItems, itemEntries(notice, bureau), sectionMap, similarity);
    const remits = { left: remitOf(upper.notice, notice), right: remitOf(notice, upper.notice) };
    const brief = { details: false, given: givenTokens(upper.notice, notice) };
    const found = compareItems(aligned, sectionMap, remits, brief);
    const isWhole = found.every(({ change }) => change === 'kept' || change === 'modified');
    const changes = isWhole
      ? found
      : searchRunningText(
          found,
          { notice: upper.notice, text: upper.text, sentences: upperSentences },
          { notice, text: lower.text, sentences: looseSentences(notice, bureau) },
          aligned.weights,
          brief,
        );
    const cells: CoverageCell[] = items.map(() => ({
      state: 'dropped',
      effects: [],
      right: [],
      similarity: 0,
    }));
    const added: FocusItem[] = [];
    for (const change of changes) {
      if (change.left.length === 0) added.push(...change.right);
      for (const item of change.left) {
        const i = position.get(item);
        // A sentence of the upper text that the lower notice made an item of is no item of the upper notice.
        if (i === undefined) continue;
        const { effects, right, similarity } = change;
        cells[i] = { state: stateOf(change), effects, right, similarity };
      }
    }
    const counts = countStates(cells);
    const owed = cells.length - counts.outOfRemit;
    const met = counts.kept + counts.modified + counts.weakened * weakenedShare;
    return {
      id: lower.id,
      notice: noticeRef(lower),
      region: notice.region,
      cells,
      counts,
      coverage: owed === 0 ? 1 : Math.round((met / owed) * 1000) / 1000,
      added,
      lateDeadlines: checkCalendar(upper.notice, notice, { workingDays: false }).filter(
        (check) => check.finding !== null,
      ).length,
    };
  };
}

/** A matrix of rows that are made already; `lowers` are their notices, in the same order. */
export function matrixOf(
  upper: ComparedNotice,
  rows: readonly CoverageRow[],
  lowers: readonly Notice[],
  regions: readonly Region[] = [],
): CoverageMatrix {
  const { groups, copiedFromUpper } = findNearCopies(upper.notice, lowers);
  const items = comparedItems(upper.notice);
  const issued = new Set(rows.map((row) => row.region?.code));
  return {
    schemaVersion: 1,
    upper: noticeRef(upper),
    items,
    rows,
    itemCounts: items.map((_, i) => countStates(rows.map((row) => row.cells[i]!))),
    added: clusterAdded(rows.map((row) => row.added)),
    copies: groups,
    copiedFromUpper,
    missing: regions.filter((region) => !issued.has(region.code)),
  };
}

/**
 * Every item of the upper notice × every lower notice, and what the lower ones have in common. Cost and memory grow
 * linearly with the number of lower notices. The order of `lowers` is kept. Covers are to be given with their content
 * (`effectiveNotice`).
 */
export function coverageMatrix(
  upper: ComparedNotice,
  lowers: readonly MatrixMember[],
  options: MatrixOptions = {},
): CoverageMatrix {
  const rowOf = rowMaker(upper, options.similarity);
  const rows = lowers.map((lower, at) => {
    const row = rowOf(lower);
    options.onRow?.(at + 1, lowers.length);
    return row;
  });
  return matrixOf(
    upper,
    rows,
    lowers.map((lower) => lower.notice),
    options.regions,
  );
}
