/** What somebody typed, by the names of controls. */
export type FormValues = Readonly<Record<string, string>>;

export interface Control {
  readonly name: string;
  readonly label: string;
  readonly kind: 'text' | 'long' | 'date' | 'number' | 'choice';
  readonly required?: boolean;
  readonly hint?: string;
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
  /** Shown only where this holds. */
  readonly when?: (values: FormValues) => boolean;
}

/** How a part of a notice is corrected: what is asked, and what becomes of it. */
export interface FieldForm {
  readonly label: string;
  readonly isList: boolean;
  readonly controls: readonly Control[];
  /** What stands there, to begin with; null: nothing. */
  readonly toForm: (item: unknown) => FormValues;
  /** The value in the shape of the model, without evidence. Throws a `FormFault`. */
  readonly toValue: (values: FormValues) => unknown;
}

/** What is wrong with what was typed, in words for who typed it. */
export class FormFault extends Error {}
