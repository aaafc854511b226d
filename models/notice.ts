import { z } from 'zod';
import { Evidence, SourcedString } from './evidence.ts';
import { Campaign, CitedDocument, Contact, Deadline, FocusItem, Target } from './facts.ts';
import { Table } from './table.ts';

export const AdministrativeLevel = z.enum(['national', 'provincial', 'prefectural', 'county', 'township']);
export type AdministrativeLevel = z.infer<typeof AdministrativeLevel>;

export const DocumentNumber = z
  .object({
    value: z.string().meta({ description: 'As printed, without layout spaces.' }),
    agencyCode: z.string().meta({ title: '机关代字' }),
    year: z.int(),
    serial: z.int(),
    evidence: z.array(Evidence).readonly(),
  })
  .readonly()
  .meta({ id: 'DocumentNumber', title: '发文字号' });
export type DocumentNumber = z.infer<typeof DocumentNumber>;

export const Region = z
  .object({ code: z.string().meta({ description: 'GB/T 2260' }), name: z.string() })
  .readonly()
  .meta({ id: 'Region', title: '行政区划' });
export type Region = z.infer<typeof Region>;

export const PrintingInfo = z
  .object({ body: z.string().nullable(), date: z.string().nullable(), evidence: z.array(Evidence).readonly() })
  .readonly()
  .meta({ id: 'PrintingInfo', title: '印发机关和印发日期' });
export type PrintingInfo = z.infer<typeof PrintingInfo>;

/** A numbered heading with all beneath it (层次, GB/T 9704-2012, 7.3.3). */
export const Section = z
  .object({
    number: z.string().nullable().meta({ description: 'As printed: 一、 （一） 1.' }),
    level: z.int().min(1).meta({ description: '1 = 一、 2 = （一） 3 = 1. 4 = （1）' }),
    title: z.string().nullable(),
    text: z.string(),
    responsible: z.array(z.string()).readonly().meta({ description: 'Units named for this section alone.' }),
    get children(): z.ZodReadonly<z.ZodArray<typeof Section>> {
      return z.array(Section).readonly();
    },
    evidence: z.array(Evidence).readonly(),
  })
  .meta({ id: 'Section', title: '层次' });
export type Section = z.infer<typeof Section>;

export const AttachmentKind = z.enum(['statistics-table', 'plan', 'list', 'form', 'model', 'other']);
export type AttachmentKind = z.infer<typeof AttachmentKind>;

export const Attachment = z
  .object({
    number: z.int().nullable(),
    title: z.string(),
    present: z.boolean().meta({ description: 'Its content is in this file.' }),
    kind: AttachmentKind,
    tables: z.array(Table).readonly(),
    evidence: z.array(Evidence).readonly(),
  })
  .readonly()
  .meta({ id: 'Attachment', title: '附件' });
export type Attachment = z.infer<typeof Attachment>;

/** One official document: 公文. The type 通知 is only ever a value of `documentType`. */
export const Notice = z
  .object({
    id: z.string().meta({ examples: ['n1'] }),
    forwards: z
      .string()
      .optional()
      .meta({ description: 'Id of the notice that this one forwards or passes on (转发).' }),
    documentType: z.string().nullable().meta({ title: '文种' }),
    documentNumber: DocumentNumber.nullable().meta({ title: '发文字号' }),
    issuingBody: SourcedString.nullable().meta({ title: '发文机关' }),
    jointIssuers: z.array(SourcedString).readonly().meta({ title: '联合行文机关' }),
    administrativeLevel: AdministrativeLevel.nullable().meta({ title: '层级' }),
    region: Region.nullable().meta({ title: '行政区划' }),
    title: SourcedString.nullable().meta({ title: '标题' }),
    copyNumber: SourcedString.nullable().meta({ title: '份号' }),
    securityLevel: SourcedString.nullable().meta({ title: '密级和保密期限' }),
    urgency: SourcedString.nullable().meta({ title: '紧急程度' }),
    signer: SourcedString.nullable().meta({ title: '签发人' }),
    signatory: SourcedString.nullable().meta({ title: '发文机关署名' }),
    mainRecipients: z.array(SourcedString).readonly().meta({ title: '主送机关' }),
    copyRecipients: z.array(SourcedString).readonly().meta({ title: '抄送机关' }),
    issueDate: SourcedString.nullable().meta({ title: '成文日期' }),
    printingInfo: PrintingInfo.nullable().meta({ title: '印发机关和印发日期' }),
    disclosure: SourcedString.nullable().meta({ title: '公开属性' }),
    citedDocuments: z.array(CitedDocument).readonly().meta({ title: '引用文件' }),
    campaign: Campaign.nullable().meta({ title: '专项行动' }),
    sections: z.array(Section).readonly().meta({ title: '正文层次' }),
    focusItems: z.array(FocusItem).readonly().meta({ title: '检查重点' }),
    duties: z.array(FocusItem).readonly().optional().meta({
      title: '管理要求',
      description:
        'What those supervised must, may or must not do, where it is printed in prose and no item to be inspected.',
    }),
    deadlines: z.array(Deadline).readonly().meta({ title: '时限要求' }),
    targets: z.array(Target).readonly().meta({ title: '量化目标' }),
    contacts: z.array(Contact).readonly().meta({ title: '联系方式' }),
    attachments: z.array(Attachment).readonly().meta({ title: '附件' }),
  })
  .readonly()
  .meta({ id: 'Notice', title: '公文' });
export type Notice = z.infer<typeof Notice>;

/** A notice of which nothing is known. */
export const emptyNotice: Notice = {
  id: 'n1',
  documentType: null,
  documentNumber: null,
  issuingBody: null,
  jointIssuers: [],
  administrativeLevel: null,
  region: null,
  title: null,
  copyNumber: null,
  securityLevel: null,
  urgency: null,
  signer: null,
  signatory: null,
  mainRecipients: [],
  copyRecipients: [],
  issueDate: null,
  printingInfo: null,
  disclosure: null,
  citedDocuments: [],
  campaign: null,
  sections: [],
  focusItems: [],
  deadlines: [],
  targets: [],
  contacts: [],
  attachments: [],
};
