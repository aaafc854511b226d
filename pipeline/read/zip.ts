import { createHash } from 'node:crypto';
import {
  type Diagnostic,
  type ErrorCode,
  HongtouError,
  type Layout,
  type LayoutPage,
  layoutLine,
  readLimits,
  type SourceFile,
} from '../../models/index.ts';
import { type ArchiveBudget, openArchive } from './archive.ts';
import { attachmentNumber, byNumberThenName, isPictureRow, noticeScore } from './memberOrder.ts';

/** Where this archive lies and how its members are read. */
export interface ZipContext {
  /** Archives around this one. */
  readonly depth: number;
  readonly budget: ArchiveBudget;
  readonly readMember: (member: SourceFile) => Promise<Layout>;
  /** What is done with the layout of a member that is read (recognition); not with that of an archive. */
  readonly complete?: (layout: Layout, member: SourceFile) => Promise<Layout>;
}

/** A file of the archive, read. */
interface Member {
  readonly path: string;
  readonly layout: Layout;
  /** The file itself, where pages of it are still to be recognised. */
  readonly scan: SourceFile | null;
}

type Say = (code: string, severity: Diagnostic['severity'], message: string) => void;

/**
 * Reads an archive that holds a notice and its attachments as one document: the notice first, whichever file that is,
 * then the attachments by their numbers, each begun by a line of role 'member' with the file's name. Archives inside
 * are read by the same rules, `readLimits.archiveDepth` deep. A member that cannot be read gives a diagnostic.
 * @throws HongtouError FILE_DAMAGED, FILE_ENCRYPTED, LIMIT_EXCEEDED and others when nothing in it can be read; NO_TEXT
 * when nothing is in it
 */
export async function readZip(input: SourceFile, context: ZipContext): Promise<Layout> {
  const { fileName } = input;
  if (context.depth >= readLimits.archiveDepth)
    throw new HongtouError('LIMIT_EXCEEDED', {
      fileName,
      what: `more than ${readLimits.archiveDepth} archives in each other`,
    });
  const diagnostics: Diagnostic[] = [];
  const say: Say = (code, severity, message) => diagnostics.push({ code, severity, message, page: null });
  const { members: found, problems } = await readMembers(input, context, diagnostics, say);
  const members = await completed(withoutOtherFormats(found, say), context, problems, say);
  const [first] = problems;
  if (members.length === 0) {
    if (first === undefined) throw new HongtouError('NO_TEXT', { fileName });
    if (problems.every((problem) => problem.code === first.code)) throw underName(first, fileName, problems.length);
    const reason = `none of the ${problems.length} files in it can be read`;
    throw new HongtouError('FILE_DAMAGED', { fileName, reason }, { cause: first });
  }
  return joined(ordered(members), diagnostics);
}

async function readMembers(
  input: SourceFile,
  context: ZipContext,
  diagnostics: Diagnostic[],
  say: Say,
): Promise<{ members: Member[]; problems: HongtouError[] }> {
  const archive = await openArchive(input.bytes, input.fileName, context.budget);
  diagnostics.push(...archive.diagnostics);
  const names = new Set(archive.entries.map((entry) => entry.name));
  const members: Member[] = [];
  const problems: HongtouError[] = [];
  const seen = new Map<string, string>();
  for (const entry of archive.entries) {
    if (isJunk(entry.name) || belongsToPage(entry.name, names)) continue;
    try {
      const bytes = archive.read(entry);
      const hash = createHash('sha256').update(bytes).digest('hex');
      const twin = seen.get(hash);
      if (twin !== undefined && bytes.length > 0) {
        say('member-duplicate', 'info', `压缩包内的“${entry.name}”与“${twin}”内容相同，只读一份。`);
        continue;
      }
      seen.set(hash, entry.name);
      const file = { fileName: fileOf(entry.name), bytes };
      const layout = await context.readMember(file);
      // An archive inside has completed its own.
      const isScan = layout.mediaType !== 'application/zip' && layout.pages.some((page) => page.needsRecognition);
      members.push({ path: entry.name, layout, scan: isScan ? file : null });
    } catch (error) {
      problems.push(unreadable(error, entry.name, say));
    }
  }
  return { members, problems };
}

/** Members with their pages recognised. One where that is not possible at all counts as not read. */
async function completed(
  members: readonly Member[],
  context: ZipContext,
  problems: HongtouError[],
  say: Say,
): Promise<Member[]> {
  const { complete } = context;
  if (complete === undefined) return [...members];
  const done: Member[] = [];
  for (const member of members) {
    const { layout, scan, path } = member;
    try {
      done.push(scan === null ? member : { path, scan: null, layout: await complete(layout, scan) });
    } catch (error) {
      problems.push(unreadable(error, member.path, say));
    }
  }
  return done;
}

/** What a member gives that cannot be read: a diagnostic. Faults of the program are thrown on. */
function unreadable(error: unknown, path: string, say: Say): HongtouError {
  if (!(error instanceof HongtouError)) throw error;
  const reason = reasons[error.code as ErrorCode] ?? error.code;
  say('member-unreadable', 'warning', `压缩包内的“${path}”没有读出：${reason}。`);
  return error;
}

const reasons: Readonly<Partial<Record<ErrorCode, string>>> = {
  FILE_EMPTY: '文件是空的',
  FILE_TOO_LARGE: '文件过大',
  TEXT_TOO_LONG: '文字过长',
  NOT_TEXT: '名为文本，实为二进制文件',
  UNSUPPORTED_FORMAT: '不支持这种格式',
  FILE_DAMAGED: '文件已损坏',
  FILE_ENCRYPTED: '文件有密码保护',
  NO_TEXT: '文件中没有文字',
  CONVERTER_MISSING: '需要安装 LibreOffice 才能读取',
  LIMIT_EXCEEDED: '超出读取限制',
  TIMED_OUT: '读取超时',
  OCR_UNAVAILABLE: '没有可用的文字识别引擎',
};

/** The same problem, said of the archive. */
function underName(problem: HongtouError, fileName: string, count: number): HongtouError {
  if (problem.code === 'FILE_ENCRYPTED') return new HongtouError('FILE_ENCRYPTED', { fileName }, { cause: problem });
  if (problem.code === 'LIMIT_EXCEEDED' || count === 1) return problem;
  return new HongtouError(
    'FILE_DAMAGED',
    { fileName, reason: `none of the ${count} files in it can be read` },
    { cause: problem },
  );
}

/** What systems and programs leave in archives beside the files that people put there. */
export function isJunk(path: string): boolean {
  const file = fileOf(path);
  return (
    /^__MACOSX\//.test(path) || /^(?:\.|~\$|\$)|^(?:Thumbs\.db|desktop\.ini)$|\.(?:tmp|lnk|url|exe|dll)$/i.test(file)
  );
}

/** Pictures and scripts of a saved page lie in a folder beside it: 通知.html and 通知_files/, 通知.files/. */
function belongsToPage(path: string, names: ReadonlySet<string>): boolean {
  const folder = /^(.*?)(?:_files|\.files|_文件)\//.exec(path)?.[1];
  return folder !== undefined && ['.html', '.htm', '.shtml'].some((ending) => names.has(folder + ending));
}

/** Which of several formats of one document is read: the one that says most of it. */
const preferred = ['wordprocessingml', 'msword', 'ofd', 'pdf', 'html', 'markdown', 'plain', 'image'];

/** 通知.docx beside 通知.pdf is one document twice. */
function withoutOtherFormats(members: readonly Member[], say: Say): Member[] {
  const rank = (member: Member): number => {
    const place = preferred.findIndex((part) => member.layout.mediaType.includes(part));
    return (
      (place === -1 ? preferred.length : place) + (member.layout.pages.some((page) => page.needsRecognition) ? 100 : 0)
    );
  };
  const best = new Map<string, Member>();
  // An archive is no format: 附件.zip beside 附件.docx holds something else.
  const comparable = members.filter((member) => member.layout.mediaType !== 'application/zip');
  for (const member of comparable) {
    const rival = best.get(stemOf(member.path, true));
    if (rival === undefined || rank(member) < rank(rival)) best.set(stemOf(member.path, true), member);
  }
  return members.filter((member) => {
    const chosen = best.get(stemOf(member.path, true)) ?? member;
    if (chosen === member || !comparable.includes(member) || member.layout.mediaType === chosen.layout.mediaType)
      return true;
    say('member-duplicate', 'info', `“${member.path}”与“${chosen.path}”是同一文件的两种格式，只读后者。`);
    return false;
  });
}

/** The notice, then its attachments. */
function ordered(members: readonly Member[]): Member[] {
  const scored = members.map((member) => ({
    member,
    score: noticeScore(member.path, member.layout),
    number: attachmentNumber(stemOf(member.path), member.layout),
    name: member.path,
  }));
  scored.sort((a, b) => byNumberThenName(a, b));
  const main = scored.reduce((best, item) => (item.score > best.score ? item : best));
  return [main, ...scored.filter((item) => item !== main)].map((item) => item.member);
}

function joined(members: readonly Member[], diagnostics: readonly Diagnostic[]): Layout {
  const pages: LayoutPage[] = [];
  const all: Diagnostic[] = [...diagnostics];
  for (const [index, { path, layout }] of members.entries()) {
    const offset = pages.length;
    const before = members[index - 1];
    const named = index > 0 && !(before !== undefined && isPictureRow(before.path, path));
    for (const [k, page] of layout.pages.entries()) {
      const line = layoutLine(stemOf(page.member ?? path), { role: 'member', paragraphEnd: true });
      pages.push({
        ...page,
        page: offset + k + 1,
        blocks: named && k === 0 ? [line, ...page.blocks] : page.blocks,
        member: page.member === null ? path : `${path}/${page.member}`,
      });
    }
    for (const said of layout.diagnostics)
      all.push({ ...said, message: `${path}：${said.message}`, page: said.page === null ? null : said.page + offset });
  }
  return {
    mediaType: 'application/zip',
    paged: pages.length > 1,
    pages,
    signatures: members.flatMap(({ layout }, index) => {
      const offset = members.slice(0, index).reduce((sum, member) => sum + member.layout.pages.length, 0);
      return layout.signatures.map((signature) => ({
        ...signature,
        page: signature.page === null ? null : signature.page + offset,
      }));
    }),
    diagnostics: all,
  };
}

function fileOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The name without its ending, and, unless `withFolder`, without its folder. */
function stemOf(path: string, withFolder = false): string {
  return (withFolder ? path : fileOf(path)).replace(/\.[A-Za-z\d]{1,8}$/, '');
}
