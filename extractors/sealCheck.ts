import { evidenceAt, type Finding, type Notice } from '../models/index.ts';
import type { NoticeContext } from './context.ts';
import { textOf } from './context.ts';
import { sameBody } from './identity.ts';

/** Characters of a name that seals leave out: 专用章 and the like stand below the ring, 印 and 章 at its end. */
const sealWords =
  /(?:(?:办公|业务|公文|行政|合同|财务|档案|电子|政务服务|行政审批|行政执法)?专用章|公章|印章|印|章|\(?\d*\)?)$/u;

const bare = (name: string): string => name.replace(/[\s（(].*$|\s/gu, '').replace(sealWords, '');

/**
 * A seal that bears another name than those who sign: GB/T 9704-2012, 7.3.5.1 wants 印章 and 发文机关署名 to agree. Seals
 * whose name was not read say nothing, nor do those of joint issuers, each of which may press its own.
 */
export function checkSeals({ flow, notice: parsed }: NoticeContext, notice: Notice): Finding[] {
  const signed = parsed.signatories.map((span) => textOf(flow, span).replace(/\s|[（(].*[）)]$/gu, ''));
  const known = [
    ...signed,
    ...(notice.issuingBody ? [notice.issuingBody.value] : []),
    ...notice.jointIssuers.map((issuer) => issuer.value),
  ].filter((name) => name !== '');
  if (known.length === 0) return [];
  const strangers = [...new Set(parsed.seals.map(bare))].filter(
    (name) =>
      /\p{Script=Han}{4}/u.test(name) &&
      !known.some((body) => sameBody(body, name) || isShort(name, body) || isShort(body, name)),
  );
  return strangers.map((name) => ({
    code: 'seal-signature-mismatch',
    severity: 'warning',
    message: `印章“${name}”与${signed.length > 0 ? `署名“${signed.join('、')}”` : `发文机关“${known.join('、')}”`}不一致。`,
    about: name,
    evidence:
      parsed.signatories.length > 0
        ? parsed.signatories.map((span) => evidenceAt(flow, span))
        : [...(notice.issuingBody?.evidence ?? [])],
  }));
}

/** 市监局 for 市场监督管理局: its characters stand in the full name, in order; an office of a government is another body. */
function isShort(short: string, full: string): boolean {
  if (short.at(-1) !== full.at(-1)) return false;
  let at = -1;
  return [...short].every((character) => {
    at = full.indexOf(character, at + 1);
    return at >= 0;
  });
}
