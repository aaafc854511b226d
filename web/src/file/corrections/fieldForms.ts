import type {
  Attachment,
  Campaign,
  CitedDocument,
  Contact,
  Deadline,
  DocumentNumber,
  FocusItem,
  PrintingInfo,
  Region,
  SourcedString,
  Target,
} from '../../../../models/index.ts';
import { findDocumentNumbers } from '../../../../models/text/documentNumber.ts';
import { attachmentWords, levelWords, roleWords } from '../../words.ts';
import { elementNames, type Field } from '../facts.ts';
import { dueControls, dueFrom, dueToForm } from './dueForm.ts';
import { type Control, type FieldForm, FormFault, type FormValues } from './formTypes.ts';

const choicesOf = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }));
const orNull = (text: string | undefined): string | null => text?.trim() || null;
const listed = (text: string | undefined): readonly string[] =>
  (text ?? '')
    .split(/[、，,；;\n]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');

function needed(values: FormValues, name: string, label: string): string {
  const text = values[name]?.trim();
  if (!text) throw new FormFault(`请填写${label}。`);
  return text;
}

/** A form whose values are those of an item: the item's type is that of its field, as the model says. */
function form<T>(
  label: string,
  isList: boolean,
  controls: readonly Control[],
  toForm: (item: T) => Readonly<Record<string, string | number | null | undefined>>,
  toValue: (values: FormValues) => unknown,
): FieldForm {
  return {
    label,
    isList,
    controls,
    toForm: (item) =>
      item === null
        ? {}
        : Object.fromEntries(
            Object.entries(toForm(item as T)).map(([key, value]) => [key, value === null ? '' : String(value ?? '')]),
          ),
    toValue: (values) => {
      for (const control of controls) {
        if (control.required && (control.when?.(values) ?? true)) needed(values, control.name, control.label);
      }
      return toValue(values);
    },
  };
}

function sourced(field: keyof typeof elementNames, isList = false, kind: Control['kind'] = 'text'): FieldForm {
  const label = elementNames[field];
  return form<SourcedString>(
    label,
    isList,
    [{ name: 'value', label, kind, required: true }],
    (item) => ({ value: item.value }),
    (values) => ({ value: needed(values, 'value', label) }),
  );
}

const documentNumber = form<DocumentNumber>(
  elementNames.documentNumber,
  false,
  [{ name: 'value', label: elementNames.documentNumber, kind: 'text', required: true, hint: '机关代字〔年份〕序号号' }],
  (item) => ({ value: item.value }),
  (values) => {
    const value = needed(values, 'value', elementNames.documentNumber);
    const found = findDocumentNumbers(value);
    const [number] = found;
    if (number === undefined || found.length > 1 || number.value.length < value.replace(/\s/g, '').length) {
      throw new FormFault('发文字号的形式是“机关代字〔年份〕序号号”，如“禾建发〔2025〕12号”。');
    }
    return { value: number.value, agencyCode: number.agencyCode ?? '', year: number.year, serial: number.serial };
  },
);

const month = /^\d{4}-\d{2}(-\d{2})?$/;
function dateOrMonth(values: FormValues, name: string, label: string): string | null {
  const text = orNull(values[name]);
  if (text !== null && !month.test(text)) throw new FormFault(`${label}写作 2025-04-30 或 2025-04。`);
  return text;
}

/** Of every part of a notice that is corrected in the page; the outline of the text is not. */
export const fieldForms: Readonly<Partial<Record<Field, FieldForm>>> = {
  copyNumber: sourced('copyNumber'),
  securityLevel: sourced('securityLevel'),
  urgency: sourced('urgency'),
  documentNumber,
  signer: sourced('signer'),
  title: sourced('title', false, 'long'),
  documentType: form<string>(
    elementNames.documentType,
    false,
    [{ name: 'value', label: elementNames.documentType, kind: 'text', required: true, hint: '通知、意见、函……' }],
    (value) => ({ value }),
    (values) => needed(values, 'value', elementNames.documentType),
  ),
  issuingBody: sourced('issuingBody'),
  jointIssuers: sourced('jointIssuers', true),
  administrativeLevel: form<string>(
    elementNames.administrativeLevel,
    false,
    [
      {
        name: 'value',
        label: elementNames.administrativeLevel,
        kind: 'choice',
        required: true,
        choices: choicesOf(levelWords),
      },
    ],
    (value) => ({ value }),
    (values) => needed(values, 'value', elementNames.administrativeLevel),
  ),
  region: form<Region>(
    elementNames.region,
    false,
    [
      { name: 'name', label: '名称', kind: 'text', required: true },
      { name: 'code', label: '代码', kind: 'text', required: true, hint: 'GB/T 2260，6 位数字' },
    ],
    ({ name, code }) => ({ name, code }),
    (values) => {
      const code = needed(values, 'code', '代码');
      if (!/^\d{2,12}$/.test(code)) throw new FormFault('行政区划代码是 6 位数字，如 141121。');
      return { name: needed(values, 'name', '名称'), code };
    },
  ),
  mainRecipients: sourced('mainRecipients', true),
  signatory: sourced('signatory'),
  issueDate: sourced('issueDate', false, 'date'),
  campaign: form<Campaign>(
    elementNames.campaign,
    false,
    [
      { name: 'name', label: '名称', kind: 'text', required: true },
      { name: 'startDate', label: '开始', kind: 'text', hint: '2025-04-30 或 2025-04' },
      { name: 'endDate', label: '结束', kind: 'text', hint: '2025-12-31 或 2025-12' },
      { name: 'phases', label: '阶段', kind: 'long', hint: '一行一个：名称，开始，结束' },
    ],
    ({ name, startDate, endDate, phases }) => ({
      name,
      startDate,
      endDate,
      phases: phases.map((phase) => [phase.name, phase.start ?? '', phase.end ?? ''].join('，')).join('\n'),
    }),
    (values) => ({
      name: needed(values, 'name', '名称'),
      startDate: dateOrMonth(values, 'startDate', '开始'),
      endDate: dateOrMonth(values, 'endDate', '结束'),
      phases: (values.phases ?? '')
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => {
          const [name = '', start = '', end = ''] = line.split(/[，,]/).map((part) => part.trim());
          return {
            name,
            start: dateOrMonth({ start }, 'start', '阶段的开始'),
            end: dateOrMonth({ end }, 'end', '阶段的结束'),
            evidence: [],
          };
        }),
    }),
  ),
  disclosure: sourced('disclosure'),
  copyRecipients: sourced('copyRecipients', true),
  printingInfo: form<NonNullable<PrintingInfo>>(
    elementNames.printingInfo,
    false,
    [
      { name: 'body', label: '印发机关', kind: 'text' },
      { name: 'date', label: '印发日期', kind: 'date' },
    ],
    ({ body, date }) => ({ body, date }),
    (values) => ({ body: orNull(values.body), date: orNull(values.date) }),
  ),
  focusItems: form<FocusItem>(
    '检查重点',
    true,
    [
      { name: 'text', label: '内容', kind: 'long', required: true },
      { name: 'subject', label: '对象', kind: 'text' },
      { name: 'action', label: '动作', kind: 'text', hint: '重点检查、严厉打击……' },
      { name: 'section', label: '所在层次', kind: 'text', hint: '三/1' },
    ],
    ({ text, subject, action, section }) => ({ text, subject, action, section }),
    (values) => ({
      text: needed(values, 'text', '内容'),
      subject: orNull(values.subject),
      action: orNull(values.action),
      section: orNull(values.section),
    }),
  ),
  deadlines: form<Deadline>(
    '时限',
    true,
    [
      { name: 'task', label: '事项', kind: 'long', required: true },
      ...dueControls,
      { name: 'time', label: '时刻', kind: 'text', hint: '17:00' },
      { name: 'responsible', label: '责任单位', kind: 'text' },
      { name: 'recipient', label: '报送对象', kind: 'text' },
    ],
    ({ task, due, time, responsible, recipient }) => ({ task, ...dueToForm(due), time, responsible, recipient }),
    (values) => ({
      task: needed(values, 'task', '事项'),
      due: dueFrom(values),
      time: orNull(values.time),
      assumed: [],
      responsible: orNull(values.responsible),
      recipient: orNull(values.recipient),
    }),
  ),
  targets: form<Target>(
    '目标',
    true,
    [
      { name: 'text', label: '原文', kind: 'long', required: true },
      { name: 'metric', label: '指标', kind: 'text' },
      {
        name: 'comparison',
        label: '要求',
        kind: 'choice',
        required: true,
        choices: choicesOf({ '>=': '不低于', '<=': '不超过', '=': '等于' }),
      },
      { name: 'value', label: '数值', kind: 'number', required: true },
      { name: 'unit', label: '单位', kind: 'text', hint: '%、家、件……' },
      { name: 'by', label: '期限', kind: 'text' },
    ],
    ({ text, metric, comparison, value, unit, by }) => ({ text, metric, comparison, value, unit, by }),
    (values) => {
      const value = Number(needed(values, 'value', '数值'));
      if (!Number.isFinite(value)) throw new FormFault('数值要是一个数。');
      return {
        text: needed(values, 'text', '原文'),
        metric: orNull(values.metric),
        comparison: values.comparison,
        value,
        unit: values.unit?.trim() ?? '',
        by: orNull(values.by),
      };
    },
  ),
  contacts: form<Contact>(
    '联系人',
    true,
    [
      { name: 'name', label: '姓名', kind: 'text' },
      { name: 'unit', label: '单位', kind: 'text' },
      { name: 'phones', label: '电话', kind: 'text', hint: '几个之间用顿号' },
      { name: 'fax', label: '传真', kind: 'text' },
      { name: 'emails', label: '邮箱', kind: 'text', hint: '几个之间用顿号' },
    ],
    ({ name, unit, phones, emails, fax }) => ({
      name,
      unit,
      phones: phones.join('、'),
      emails: emails.join('、'),
      fax,
    }),
    (values) => {
      const contact = {
        name: orNull(values.name),
        unit: orNull(values.unit),
        phones: listed(values.phones),
        emails: listed(values.emails),
        fax: orNull(values.fax),
      };
      if (Object.values(contact).every((part) => part === null || part.length === 0)) {
        throw new FormFault('请至少填写一项。');
      }
      return contact;
    },
  ),
  citedDocuments: form<CitedDocument>(
    '引用',
    true,
    [
      { name: 'title', label: '名称', kind: 'long' },
      { name: 'documentNumber', label: '发文字号', kind: 'text' },
      { name: 'issuingBody', label: '发文机关', kind: 'text' },
      { name: 'role', label: '作用', kind: 'choice', required: true, choices: choicesOf(roleWords) },
    ],
    ({ title, documentNumber: number, issuingBody, role }) => ({ title, documentNumber: number, issuingBody, role }),
    (values) => {
      if (!orNull(values.title) && !orNull(values.documentNumber)) throw new FormFault('请填写名称或发文字号。');
      return {
        title: orNull(values.title),
        documentNumber: orNull(values.documentNumber),
        issuingBody: orNull(values.issuingBody),
        role: values.role,
      };
    },
  ),
  attachments: form<Attachment>(
    '附件',
    true,
    [
      { name: 'title', label: '名称', kind: 'long', required: true },
      { name: 'number', label: '序号', kind: 'number' },
      { name: 'kind', label: '种类', kind: 'choice', required: true, choices: choicesOf(attachmentWords) },
      {
        name: 'present',
        label: '内容',
        kind: 'choice',
        required: true,
        choices: choicesOf({ yes: '在本文件中', no: '不在本文件中' }),
      },
    ],
    ({ title, number, kind, present }) => ({ title, number, kind, present: present ? 'yes' : 'no' }),
    (values) => ({
      title: needed(values, 'title', '名称'),
      number: values.number ? Number(values.number) : null,
      kind: values.kind,
      present: values.present === 'yes',
    }),
  ),
};
