import type { CollectedTable } from '../../../models/api/collection.ts';

/** What every panel of a collection needs to know. */
export interface PanelProps {
  readonly id: number;
  readonly table: CollectedTable;
  /** Empty where none is known. */
  readonly period: string;
  readonly onPeriod: (period: string) => void;
}
