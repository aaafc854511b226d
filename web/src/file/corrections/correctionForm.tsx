import { Button, Input, Select, Space } from 'antd';
import { useEffect, useId, useRef, useState } from 'react';
import { useStored } from '../../parts/useStored.ts';
import type { Field } from '../facts.ts';
import { useMarking } from '../marking/useMarking.ts';
import type { SelectedPlace } from '../marking/useSelectedPlace.ts';
import { type Control, type FieldForm, FormFault, type FormValues } from './formTypes.ts';
import { useCorrecting } from './useCorrecting.ts';

interface CorrectionFormProps {
  readonly form: FieldForm;
  readonly field: Field;
  /** What stands there; null: nothing, it is to be added. */
  readonly item: unknown;
  readonly onDone: () => void;
}

/** Rights a value in its place, adds one, or says that there is none. */
export function CorrectionForm({ form, field, item, onDone }: CorrectionFormProps) {
  const { save, busy } = useCorrecting();
  const marking = useMarking();
  const [place, setPlace] = useState<SelectedPlace | null>(null);
  const [values, setValues] = useState<FormValues>(() => form.toForm(item));
  const [note, setNote] = useState('');
  const [person, setPerson] = useStored('hongtou.person', '');
  const [fault, setFault] = useState<string | null>(null);
  const root = useRef<HTMLFormElement>(null);
  const id = useId();
  useEffect(() => {
    root.current?.querySelector<HTMLElement>('input, textarea')?.focus();
  }, []);
  const send = async (said: unknown) => {
    setFault(null);
    const isMarked = place !== null && typeof said === 'object' && said !== null;
    const value = isMarked ? { ...said, evidence: [await marking.evidenceAt(place)] } : said;
    const correction = {
      field,
      item,
      isList: form.isList,
      value,
      note: note.trim() || null,
      person: person.trim() || null,
    };
    // What went wrong is said by whoever sends it; the form stays open.
    await save(correction).then(onDone, () => undefined);
  };
  const submit = () => {
    try {
      send(form.toValue(values));
    } catch (error) {
      if (!(error instanceof FormFault)) throw error;
      setFault(error.message);
    }
  };
  return (
    <form
      ref={root}
      className="correction"
      aria-label={item === null ? `补充${form.label}` : `更正${form.label}`}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onDone();
      }}
    >
      {form.controls
        .filter((control) => control.when?.(values) ?? true)
        .map((control) => (
          <Row
            key={control.name}
            id={`${id}-${control.name}`}
            control={control}
            value={values[control.name] ?? ''}
            onChange={(value) => setValues((before) => ({ ...before, [control.name]: value }))}
          />
        ))}
      {!unplaced.has(field) && (
        <>
          <span className="correction-name">出处</span>
          <PlaceRow place={place} onPlace={setPlace} />
        </>
      )}
      <label htmlFor={`${id}-note`}>说明</label>
      <Input
        id={`${id}-note`}
        value={note}
        maxLength={500}
        placeholder="可不填，如：见印章下日期"
        onChange={(event) => setNote(event.target.value)}
      />
      <label htmlFor={`${id}-person`}>更正人</label>
      <Input
        id={`${id}-person`}
        value={person}
        maxLength={50}
        placeholder="可不填"
        onChange={(event) => setPerson(event.target.value)}
      />
      {fault !== null && (
        <p className="correction-fault" role="alert">
          {fault}
        </p>
      )}
      <Space className="correction-buttons" wrap>
        <Button type="primary" htmlType="submit" loading={busy}>
          保存
        </Button>
        <Button onClick={onDone}>取消</Button>
        {item !== null && (
          <Button danger type="text" disabled={busy} onClick={() => send(null)}>
            {form.isList ? '删去这一项' : '公文中没有，删去'}
          </Button>
        )}
      </Space>
    </form>
  );
}

/** What these say is one word of a list, which has no evidence of its own. */
const unplaced: ReadonlySet<Field> = new Set(['documentType', 'administrativeLevel', 'region']);

/** Words of the text for the evidence: those that are selected in it. */
function PlaceRow({
  place,
  onPlace,
}: {
  readonly place: SelectedPlace | null;
  readonly onPlace: (place: SelectedPlace | null) => void;
}) {
  const { place: selected, showText } = useMarking();
  const short = (quote: string) => (quote.length > 24 ? `${quote.slice(0, 24)}…` : quote);
  return (
    <Space className="correction-place" size={[8, 0]} wrap>
      {place !== null && (
        <span role="status">
          <q>{short(place.quote)}</q>
          <Button size="small" type="link" onClick={() => onPlace(null)}>
            不用
          </Button>
        </span>
      )}
      {selected !== null && selected !== place && (
        <Button size="small" onClick={() => onPlace(selected)}>
          用选中的“{short(selected.quote)}”
        </Button>
      )}
      {selected === null && <span className="faint">可在原文的“文字”中选中字句作为出处</span>}
      {showText !== null && (
        <Button size="small" type="link" onClick={showText}>
          显示文字
        </Button>
      )}
    </Space>
  );
}

function Row({
  id,
  control,
  value,
  onChange,
}: {
  readonly id: string;
  readonly control: Control;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const { label, kind, required = false, hint, choices = [] } = control;
  const shared = { id, value, ...(hint !== undefined && { placeholder: hint }) };
  return (
    <>
      <label htmlFor={id}>
        {label}
        {required && <span className="required"> *</span>}
      </label>
      {kind === 'choice' ? (
        <Select
          id={id}
          aria-label={label}
          value={value === '' ? null : value}
          placeholder="请选择"
          options={choices.map((choice) => ({ ...choice }))}
          onChange={(chosen: string | null) => onChange(chosen ?? '')}
        />
      ) : kind === 'long' ? (
        <Input.TextArea
          {...shared}
          autoSize={{ minRows: 1, maxRows: 8 }}
          onChange={(event) => onChange(event.target.value)}
        />
      ) : (
        <Input
          {...shared}
          type={kind === 'date' ? 'date' : 'text'}
          inputMode={kind === 'number' ? 'decimal' : 'text'}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </>
  );
}
