import { Button, Input, Select, Space } from 'antd';
import { useEffect, useId, useRef, useState } from 'react';
import { useStored } from '../../parts/useStored.ts';
import type { Field } from '../facts.ts';
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
  const [values, setValues] = useState<FormValues>(() => form.toForm(item));
  const [note, setNote] = useState('');
  const [person, setPerson] = useStored('hongtou.person', '');
  const [fault, setFault] = useState<string | null>(null);
  const root = useRef<HTMLFormElement>(null);
  const id = useId();
  useEffect(() => {
    root.current?.querySelector<HTMLElement>('input, textarea')?.focus();
  }, []);
  const send = async (value: unknown) => {
    setFault(null);
    const said = { field, item, isList: form.isList, value, note: note.trim() || null, person: person.trim() || null };
    // What went wrong is said by whoever sends it; the form stays open.
    await save(said).then(onDone, () => undefined);
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
