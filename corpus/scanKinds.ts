import type { ScanOptions } from './generator/scan.ts';

/** A row of the table: how pages are scanned, and what must be reached. */
export interface ScanKind {
  readonly name: string;
  readonly options: Omit<ScanOptions, 'seed'>;
  readonly limits: ScanLimits;
}

export interface ScanLimits {
  /** Share of characters wrong, at most. */
  readonly characters?: number;
  /** Share of key fields right, at least. */
  readonly keyFields?: number;
  /** Mean F1 of all fields, at least. */
  readonly fields?: number;
  /** Share of tables exact, at least. */
  readonly tables?: number;
  /** Share of sealed notices with signature and date both right, at least. */
  readonly underSeal?: number;
}

export const scanKinds: readonly ScanKind[] = [
  {
    name: 'clean 300',
    options: { dpi: 300, jpegQuality: 85, sealOverDate: true },
    limits: { characters: 0.005, keyFields: 0.99, fields: 0.96, tables: 0.97, underSeal: 0.98 },
  },
  {
    name: 'clean 200',
    options: { dpi: 200, jpegQuality: 80, skew: 0.3, noise: 3, sealOverDate: true },
    limits: { characters: 0.005, keyFields: 0.99, fields: 0.96, tables: 0.97, underSeal: 0.98 },
  },
  {
    name: 'bad 105',
    options: {
      dpi: 105,
      skew: 1.5,
      noise: 9,
      blur: 0.4,
      jpegQuality: 30,
      unevenLight: 0.3,
      paper: 'yellowed',
      sealOverDate: true,
    },
    limits: { characters: 0.02, keyFields: 0.95, tables: 0.9 },
  },
  {
    name: 'picture 70',
    options: { dpi: 70, jpegQuality: 75, sealOverDate: true },
    limits: { keyFields: 0.9 },
  },
  {
    name: 'photo',
    options: {
      dpi: 150,
      skew: 2,
      noise: 6,
      blur: 0.5,
      jpegQuality: 70,
      unevenLight: 0.35,
      perspective: 1,
      sealOverDate: true,
    },
    limits: { keyFields: 0.9 },
  },
  {
    name: 'marked',
    options: {
      dpi: 150,
      skew: -0.8,
      noise: 5,
      jpegQuality: 50,
      shadow: true,
      fold: true,
      receiptStamp: true,
      handwriting: true,
      sealOverDate: true,
    },
    limits: {},
  },
];
