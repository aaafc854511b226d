import type { Problem } from '../../models/api/library.ts';
import type { ErrorCode } from '../../models/errors.ts';
import { AskError } from './api/ask.ts';

/** What happened, and what to do, by the permanent codes of problems. */
const words: Readonly<Record<ErrorCode, readonly [what: string, todo: string]>> = {
  FILE_EMPTY: ['文件是空的。', '请向来文单位重新索取。'],
  NOT_TEXT: ['文件名是文本，内容却是二进制数据。', '请改回正确的扩展名（.pdf、.docx、.ofd 等）再上传。'],
  UNSUPPORTED_FORMAT: ['不支持这种文件格式。', '请另存为 PDF、DOCX、OFD、HTML 或纯文本再上传。'],
  FILE_DAMAGED: ['文件已损坏。', '请用原来的软件打开并重新保存，或向来文单位重新索取。'],
  FILE_ENCRYPTED: ['文件有密码保护。', '请上传未加密的副本。'],
  FILE_TOO_LARGE: ['文件过大。', '请拆分后上传。'],
  UPLOAD_TOO_LARGE: ['一次上传的文件过大或过多。', '请分批上传，或拆分文件。'],
  TEXT_TOO_LONG: ['文字过长。', '请拆分后上传。'],
  NO_TEXT: ['文件中没有文字。', '如果是扫描件，请检查是否为空白页。'],
  LIMIT_EXCEEDED: ['文件超出处理限度。', '请拆分，或换一份普通副本。'],
  TIMED_OUT: ['读取超时，已放弃。', '请拆分文件，或请管理员延长时限。'],
  OCR_UNAVAILABLE: ['服务器的文字识别不能用，读不了扫描件。', '请上传带文字的版本，或告知管理员。'],
  CONVERTER_MISSING: ['服务器没有安装 LibreOffice，读不了这种旧格式。', '请另存为 .docx 或 .xlsx 再上传。'],
  READER_STOPPED: ['读取意外中断。', '请重新读取；若再次中断，请保留文件并告知管理员。'],
  CANCELLED: ['读取已取消。', '需要时可重新读取。'],
  NOT_FOUND: ['库中没有此项。', '它可能已被删除，请回到文件库查看。'],
  NOT_READ_YET: ['尚未读完。', '请稍候，读完后会自动显示。'],
  NO_TABLE: ['这份公文没有规定报表。', '请确认带表格的附件在同一文件中。'],
  NO_SUCH_TABLE: ['没有这张表。', '请重新选择。'],
  NOT_A_RETURN: ['这不是填报的表。', '请用 Excel 或 WPS 打开，另存为 .xlsx 再上传。'],
  STORAGE_FULL: ['服务器磁盘已满。', '请联系管理员；已入库的文件不受影响。'],
  TOO_MANY_REQUESTS: ['请求过于频繁。', '请等一分钟再试。'],
  UNAUTHORIZED: ['登录已失效。', '请刷新页面重新登录。'],
  FORBIDDEN: ['请求被拒绝。', '请用服务器自己的地址打开本页面。'],
  BAD_REQUEST: ['请求无效。', '请检查填写的内容。'],
  CONFLICT: ['现在不能这样做。', '请刷新后再试。'],
  NOT_READY: ['服务器暂时不能工作。', '请稍后再试。'],
  INTERNAL: ['程序出错。', '数据没有丢失；请记下时间告知管理员。'],
  NO_SUCH_ADDRESS: ['服务器没有这个地址。', '请刷新页面；若再次出现，请告知管理员。'],
  NOT_ALLOWED: ['服务器的设置不允许这样做。', '请告知管理员。'],
  NOT_WRITABLE: ['服务器写不了文件。', '请告知管理员检查目录权限和磁盘空间。'],
  LIBRARY_TOO_NEW: ['资料库由更新的版本写成。', '请告知管理员更新程序。'],
  BAD_STATE: ['这不是收集记录。', '请重新选择文件。'],
  FILE_NOT_FOUND: ['文件不存在。', '请重新上传。'],
  FILE_UNREADABLE: ['文件打不开。', '请重新上传，或告知管理员。'],
  IS_A_FOLDER: ['这是文件夹，不是文件。', '请选择其中的文件。'],
};

export interface ProblemWords {
  readonly what: string;
  readonly todo: string;
}

/** A problem in words. An unknown code is shown with what the server says. */
export function problemWords(problem: Problem | null): ProblemWords {
  if (problem === null) return { what: '服务器没有回应。', todo: '请检查网络，稍后再试。' };
  const known = problem.code in words ? words[problem.code as ErrorCode] : undefined;
  return known === undefined
    ? { what: `出错（${problem.code}）。`, todo: `${problem.message} ${problem.hint}` }
    : { what: known[0], todo: known[1] };
}

export function errorWords(error: unknown): ProblemWords {
  return error instanceof AskError
    ? problemWords(error.problem)
    : { what: '页面出错。', todo: '请刷新页面；若再次出现，请告知管理员。' };
}
