// The plain page: a list of notices, and one with its facts and evidence. All text goes in as text, never as markup.

const main = document.getElementById('main');

/** Makes an element; children are elements or texts. */
function el(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? {})) element.setAttribute(key, value);
  for (const child of children.flat()) if (child !== null && child !== undefined) element.append(child);
  return element;
}

const problemTexts = {
  FILE_EMPTY: '文件是空的。',
  NOT_TEXT: '文件名是文本，内容却是二进制数据。',
  UNSUPPORTED_FORMAT: '不支持这种文件格式。',
  FILE_DAMAGED: '文件已损坏。',
  FILE_ENCRYPTED: '文件有密码保护，请上传未加密的副本。',
  FILE_TOO_LARGE: '文件过大。',
  UPLOAD_TOO_LARGE: '上传的文件过大或过多。',
  TEXT_TOO_LONG: '文字过长。',
  NO_TEXT: '文件中没有文字。',
  LIMIT_EXCEEDED: '文件超出处理限度。',
  TIMED_OUT: '读取超时，已放弃。',
  READER_STOPPED: '读取意外中断，可重新读取。',
  CANCELLED: '读取已取消。',
  NOT_FOUND: '库中没有此项。',
  NOT_READ_YET: '尚未读完，请稍后再看。',
  STORAGE_FULL: '服务器磁盘已满，请联系管理员。',
  TOO_MANY_REQUESTS: '请求过于频繁，请稍候。',
  UNAUTHORIZED: '需要登录，请刷新页面。',
};
const stateTexts = { waiting: '等待读取', read: '已读取', failed: '读取失败' };
const levelTexts = { national: '国家级', provincial: '省级', prefectural: '市级', county: '县级', township: '乡级' };
const severityTexts = { error: '错误', warning: '存疑', info: '提示' };

function problemText(problem) {
  return problemTexts[problem.code] ?? `出错（${problem.code}）：${problem.message}`;
}

async function ask(address, options) {
  const response = await fetch(address, options);
  const body = await response.json();
  if (!response.ok) throw body;
  return body;
}

async function showList(words) {
  const query = new URLSearchParams({ limit: '200' });
  if (words) query.set('q', words);
  const [notices, failed, waiting] = await Promise.all([
    ask(`/api/notices?${query}`),
    ask('/api/files?state=failed&limit=50'),
    ask('/api/files?state=waiting&limit=50'),
  ]);
  const rows = notices.items.map((notice) =>
    el(
      'tr',
      null,
      el('td', null, notice.issueDate ?? '—'),
      el(
        'td',
        null,
        el('a', { href: `#/${notice.fileId}/${notice.noticeId}` }, notice.title ?? notice.fileName),
        notice.restricted ? el('span', { class: 'mark' }, notice.securityLevel ?? '不予公开') : null,
        notice.snippet === null ? null : el('blockquote', null, notice.snippet),
      ),
      el('td', null, notice.documentNumber ?? '—'),
      el('td', null, notice.issuingBody ?? '—'),
      el('td', null, levelTexts[notice.administrativeLevel] ?? '—'),
    ),
  );
  const heads = ['成文日期', '标题', '发文字号', '发文机关', '层级'];
  main.replaceChildren(
    el('h2', null, words ? `“${words}”：${notices.total} 件` : `公文 ${notices.total} 件`),
    notices.total === 0
      ? el('p', { class: 'faint' }, words ? '没有找到。' : '库中还没有公文，请先上传。')
      : el(
          'table',
          null,
          el(
            'thead',
            null,
            el(
              'tr',
              null,
              heads.map((head) => el('th', { scope: 'col' }, head)),
            ),
          ),
          el('tbody', null, rows),
        ),
    fileList('等待读取', waiting),
    fileList('读取失败', failed),
  );
}

function fileList(heading, files) {
  if (files.total === 0) return '';
  const items = files.items.map((file) =>
    el(
      'li',
      null,
      file.fileName,
      file.problem ? el('span', { class: 'error' }, `　${problemText(file.problem)}`) : null,
    ),
  );
  return el('section', null, el('h2', null, `${heading} ${files.total} 件`), el('ul', null, items));
}

async function showNotice(fileId, noticeId) {
  const [file, extraction] = await Promise.all([ask(`/api/files/${fileId}`), ask(`/api/files/${fileId}/extraction`)]);
  const notice = extraction.notices.find((candidate) => candidate.id === noticeId);
  if (notice === undefined) throw { code: 'NOT_FOUND', message: '' };
  const others = extraction.notices
    .filter((candidate) => candidate.id !== noticeId)
    .map((candidate) =>
      el('li', null, el('a', { href: `#/${fileId}/${candidate.id}` }, candidate.title?.value ?? candidate.id)),
    );
  main.replaceChildren(
    el('h2', null, notice.title?.value ?? file.fileName),
    el(
      'p',
      { class: 'faint' },
      `${file.fileName}　${stateTexts[file.state]}　`,
      el('a', { href: `/api/files/${fileId}/original` }, '下载原件'),
    ),
    facts(notice),
    list('检查重点', notice.focusItems, (item) => [item.action, item.subject, item.text].filter(Boolean).join('｜')),
    list('时限要求', notice.deadlines, deadlineText),
    list('量化目标', notice.targets, (target) => target.text),
    list('联系方式', notice.contacts, (contact) =>
      [contact.unit, contact.name, ...contact.phones, ...contact.emails, contact.fax].filter(Boolean).join('　'),
    ),
    list('引用文件', notice.citedDocuments, (cited) => [cited.title, cited.documentNumber].filter(Boolean).join('　')),
    list(
      '附件',
      notice.attachments,
      (attachment) => attachment.title,
      (attachment) => attachment.tables.map(grid),
    ),
    list('疑点', extraction.findings, (finding) => `${severityTexts[finding.severity]}：${finding.message}`),
    others.length === 0 ? '' : el('section', null, el('h3', null, '同一文件中的公文'), el('ul', null, others)),
    el('h3', null, '全文'),
    el('pre', null, extraction.text),
  );
}

function facts(notice) {
  const rows = [
    ['发文字号', notice.documentNumber],
    ['文种', notice.documentType],
    ['发文机关', notice.issuingBody],
    ...notice.jointIssuers.map((body) => ['联合行文', body]),
    ['层级', levelTexts[notice.administrativeLevel]],
    ['行政区划', notice.region && `${notice.region.name}（${notice.region.code}）`],
    ['密级', notice.securityLevel],
    ['紧急程度', notice.urgency],
    ['签发人', notice.signer],
    ...notice.mainRecipients.map((body) => ['主送机关', body]),
    ['成文日期', notice.issueDate],
    ['署名', notice.signatory],
    ['公开属性', notice.disclosure],
    ...notice.copyRecipients.map((body) => ['抄送机关', body]),
    ['专项行动', notice.campaign && { value: notice.campaign.name, evidence: notice.campaign.evidence }],
  ].filter(([, fact]) => fact);
  return el(
    'table',
    null,
    el(
      'tbody',
      null,
      rows.map(([label, fact]) =>
        el(
          'tr',
          null,
          el('th', { scope: 'row' }, label),
          el(
            'td',
            null,
            typeof fact === 'string' ? fact : fact.value,
            typeof fact === 'string' ? null : quotes(fact.evidence),
          ),
        ),
      ),
    ),
  );
}

function list(heading, items, toText, toMore) {
  if (items.length === 0) return '';
  const entries = items.map((item) =>
    el('li', null, toText(item), quotes(item.evidence), toMore ? toMore(item) : null),
  );
  return el('section', null, el('h3', null, `${heading}（${items.length}）`), el('ol', null, entries));
}

function quotes(evidence) {
  return evidence.slice(0, 3).map((one) => el('blockquote', null, `第 ${one.page} 页：${one.quote}`));
}

function deadlineText(deadline) {
  const { due } = deadline;
  const frequencies = { weekly: '每周', monthly: '每月', quarterly: '每季度', 'half-yearly': '每半年', yearly: '每年' };
  const when = {
    date: () => due.date,
    recurring: () => `${frequencies[due.frequency]}${due.day === null ? '' : due.day < 0 ? '末日' : ` ${due.day} 日`}`,
    relative: () => due.date ?? `${due.event ?? '起算日'}后 ${due.amount}`,
    period: () => `${due.start ?? '？'} 至 ${due.end ?? '？'}`,
  }[due.kind]();
  return [when, deadline.time, deadline.responsible, deadline.task, deadline.recipient && `→ ${deadline.recipient}`]
    .filter(Boolean)
    .join('　');
}

function grid(table) {
  const rows = Array.from({ length: table.rowCount }, () => el('tr'));
  for (const cell of table.cells) {
    const name = cell.role === 'column-header' || cell.role === 'row-header' ? 'th' : 'td';
    rows[cell.row]?.append(el(name, { rowspan: cell.rowSpan, colspan: cell.columnSpan }, cell.text));
  }
  return el('table', { class: 'grid' }, table.title ? el('caption', null, table.title) : null, el('tbody', null, rows));
}

async function show() {
  try {
    const [, fileId, noticeId] = location.hash.split('/');
    if (fileId && noticeId) await showNotice(fileId, noticeId);
    else await showList(document.getElementById('words').value.trim());
  } catch (problem) {
    main.replaceChildren(
      el('p', { class: 'error', role: 'alert' }, problem.code ? problemText(problem) : '服务器没有回应。'),
    );
  }
}

async function follow(job) {
  return new Promise((resolve) => {
    const events = new EventSource(`/api/jobs/${job.jobId}/events`);
    events.addEventListener('job', (event) => {
      const { state } = JSON.parse(event.data);
      if (state !== 'queued' && state !== 'running') {
        events.close();
        resolve();
      }
    });
    events.addEventListener('error', () => {
      events.close();
      resolve();
    });
  });
}

document.getElementById('search').addEventListener('submit', (event) => {
  event.preventDefault();
  location.hash = '#/';
  show();
});
document.getElementById('files').addEventListener('change', async (event) => {
  const form = new FormData();
  for (const file of event.target.files) form.append('files', file);
  event.target.value = '';
  try {
    const { items } = await ask('/api/files', { method: 'POST', body: form });
    await show();
    for (const item of items) if (item.job) await follow(item.job);
    await show();
  } catch (problem) {
    main.prepend(el('p', { class: 'error', role: 'alert' }, problem.code ? problemText(problem) : '上传没有成功。'));
  }
});
addEventListener('hashchange', show);
show();
