import type { Finding, Flow, Notice, ParsedNotice } from '../models/index.ts';
import { agencyContext } from '../models/text/agencies.ts';
import { findDocumentNumbers } from '../models/text/documentNumber.ts';
import { defaultRegions, type RegionIndex } from '../models/text/regions.ts';
import { extractAttachments } from './attachments.ts';
import { extractCampaign } from './campaign.ts';
import { extractCitations } from './citations.ts';
import { extractContacts } from './contacts.ts';
import type { NoticeContext } from './context.ts';
import { extractDeadlines } from './deadlines.ts';
import { extractDuties } from './duties.ts';
import { findQueries } from './findings.ts';
import { extractFocusItems } from './focusItems.ts';
import {
  readDocumentNumber,
  readIssueDate,
  readIssuers,
  readPlace,
  readPrintedElements,
  readPrinting,
  readRecipients,
  readTitle,
  readTypeFromBody,
} from './identity.ts';
import { readSections } from './sections.ts';
import { extractTargets } from './targets.ts';

/** The facts of every notice in a text, and what a clerk would query in them. */
export function extractNotices(
  flow: Flow,
  parsed: readonly ParsedNotice[],
  regions: RegionIndex = defaultRegions(),
): { notices: Notice[]; findings: Finding[] } {
  const codes = findDocumentNumbers(flow.text).flatMap((n) => (n.agencyCode ? [n.agencyCode] : []));
  const agencies = agencyContext(flow.text, codes, regions);
  const read: { context: NoticeContext; notice: Notice }[] = [];
  for (const notice of parsed) {
    const base = { flow, notice, agencies };
    const issueDate = readIssueDate(base);
    // What is passed on without a date of its own speaks on the day of its cover, and of its cover's place.
    const cover = read.at(-1);
    const context: NoticeContext = { ...base, issueDate: issueDate?.value ?? cover?.context.issueDate ?? null };
    const own = extractNotice(context, issueDate);
    const outer = cover?.notice;
    const local =
      own.region === null && outer?.region && own.administrativeLevel === outer.administrativeLevel
        ? outer.region
        : null;
    read.push({ context, notice: local ? { ...own, region: local } : own });
  }
  const outer = new Map(read.map((other) => [other.notice.forwards, other.notice]));
  const findings = read.flatMap(({ context, notice }) => findQueries(context, notice, outer.get(notice.id) ?? null));
  return { notices: read.map(({ notice }) => notice), findings };
}

function extractNotice(context: NoticeContext, issueDate: Notice['issueDate']): Notice {
  const { flow, notice } = context;
  const documentNumber = readDocumentNumber(context);
  const issuers = readIssuers(context);
  const attachments = extractAttachments(flow, notice);
  const deadlines = extractDeadlines(context);
  const focusItems = extractFocusItems(context);
  const duties = extractDuties(context, focusItems);
  return {
    id: notice.id,
    ...(notice.forwards ? { forwards: notice.forwards } : {}),
    documentType: notice.title?.type ?? readTypeFromBody(context),
    documentNumber,
    ...issuers,
    ...readPlace(context, issuers.issuingBody?.value ?? null, documentNumber?.agencyCode ?? null),
    title: readTitle(context),
    ...readPrintedElements(context),
    mainRecipients: readRecipients(context, notice.recipients, /^/u),
    copyRecipients: readRecipients(
      context,
      notice.copyRecipients,
      /^(?:抄\s?送|分送|抄报)\s?(?:单位|机关)?\s?[:：]\s?/u,
    ),
    issueDate,
    printingInfo: readPrinting(context),
    citedDocuments: extractCitations(context, documentNumber?.value ?? null),
    campaign: extractCampaign(context),
    sections: readSections(flow, notice.sections),
    focusItems,
    ...(duties.length > 0 ? { duties } : {}),
    deadlines,
    targets: extractTargets(context),
    contacts: extractContacts(context),
    attachments,
  };
}
