import { Button, Select, Tag } from 'antd';
import { type ReactNode, useState } from 'react';
import type { Correction, CorrectionMark } from '../../../../models/api/library.ts';
import { timeWords, whoWords } from '../../words.ts';
import { type Element, elementNames, type Field } from '../facts.ts';
import { CorrectionForm } from './correctionForm.tsx';
import { fieldForms } from './fieldForms.ts';
import { useCorrecting } from './useCorrecting.ts';

interface CorrectableProps {
  readonly field: Field;
  /** Of a list, the place of the item in it. */
  readonly index: number | null;
  readonly item: unknown;
  /** What it is called where it can be corrected. */
  readonly name: string;
  readonly children: ReactNode;
}

/** A fact with what leads to its correction, and with who corrected it. */
export function Correctable({ field, index, item, name, children }: CorrectableProps) {
  const { marks } = useCorrecting();
  const [isOpen, setOpen] = useState(false);
  const form = fieldForms[field];
  const mark = marks.find((one) => one.field === field && one.index === index && !one.removed);
  return (
    <>
      <div className="fact-row">
        {children}
        {form !== undefined && !isOpen && (
          <Button
            size="small"
            type="text"
            className="fact-correct"
            aria-label={`更正：${name.slice(0, 40)}`}
            onClick={() => setOpen(true)}
          >
            更正
          </Button>
        )}
      </div>
      {isOpen && form !== undefined && (
        <CorrectionForm form={form} field={field} item={item} onDone={() => setOpen(false)} />
      )}
      {mark !== undefined && <Corrected mark={mark} />}
    </>
  );
}

/** Who corrected a fact and when, what was read, and the way back. */
function Corrected({ mark }: { readonly mark: CorrectionMark }) {
  const { items, withdraw, busy } = useCorrecting();
  const history = mark.correctionIds.flatMap((id) => items.get(id) ?? []);
  const last = history.at(-1);
  if (last === undefined) return null;
  return (
    <div className="corrected">
      <Tag color="blue">{mark.read === null ? '人工补充' : mark.removed ? '已删去' : '已更正'}</Tag>
      <ByWhom correction={last} />
      <span className="fact-small">
        {[mark.read !== null && `原读作：${wordsOf(mark.field, mark.read)}`, last.note !== null && `说明：${last.note}`]
          .filter(Boolean)
          .join('　')}
      </span>
      {history.length > 1 && (
        <details>
          <summary>先后 {history.length} 次</summary>
          <ol className="history">
            {history.map((one) => (
              <li key={one.correctionId}>
                <ByWhom correction={one} />：{one.value === null ? '删去' : wordsOf(one.field, one.value)}
              </li>
            ))}
          </ol>
        </details>
      )}
      <Button
        size="small"
        type="link"
        disabled={busy}
        onClick={() => withdraw(last.correctionId).catch(() => undefined)}
      >
        {mark.removed ? '恢复' : '撤回'}
      </Button>
    </div>
  );
}

function ByWhom({ correction: { person, actor, at } }: { readonly correction: Correction }) {
  return (
    <span className="faint">
      {whoWords(person, actor)}　<time dateTime={at}>{timeWords(at)}</time>
    </span>
  );
}

/** What was removed of some fields, and can come back; and what is not there and can be added. */
export function Additions({ fields }: { readonly fields: readonly Field[] }) {
  const { marks } = useCorrecting();
  const [field, setField] = useState<Field | null>(null);
  const removed = marks.filter((mark) => mark.removed && fields.includes(mark.field));
  const form = field === null ? undefined : fieldForms[field];
  const [only] = fields;
  return (
    <>
      {removed.map((mark) => (
        <div key={mark.correctionIds.join()} className="removed">
          <s>{wordsOf(mark.field, mark.read)}</s>
          <Corrected mark={mark} />
        </div>
      ))}
      {form !== undefined && field !== null ? (
        <CorrectionForm key={field} form={form} field={field} item={null} onDone={() => setField(null)} />
      ) : fields.length === 1 && only !== undefined ? (
        <Button className="add-fact" size="small" onClick={() => setField(only)}>
          补充一项
        </Button>
      ) : (
        <Select<Field>
          className="add-element"
          aria-label="补充没有读出的要素"
          placeholder="补充没有读出的要素"
          value={null}
          options={fields.map((one) => ({ value: one, label: elementNames[one as Element] }))}
          onChange={setField}
        />
      )}
    </>
  );
}

/** An item of a field in words, for the history. */
export function wordsOf(field: Field, item: unknown): string {
  const form = fieldForms[field];
  if (item === null || item === undefined || form === undefined) return '（无）';
  if (Array.isArray(item)) return item.map((one) => wordsOf(field, one)).join('；') || '（无）';
  const values = form.toForm(item);
  const parts = form.controls
    .filter((control) => control.when?.(values) ?? true)
    .map(({ name, choices }) => {
      const value = values[name] ?? '';
      return choices?.find((choice) => choice.value === value)?.label ?? value;
    });
  return parts.filter((part) => part !== '').join('　');
}
