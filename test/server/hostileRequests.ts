/** A request that somebody might send to do harm, or that a broken program might send, and the answer it must get. */
export interface HostileRequest {
  readonly reason: string;
  /** Bytes as they go over the wire; `{file}` stands for the id of a file that is there. */
  readonly bytes: string;
  /** The status of the answer. */
  readonly status: number;
  /** The code of the problem; null where the answer is no problem: the request is harmless. */
  readonly code: string | null;
  /** What the body of a harmless answer must be like. */
  readonly body?: RegExp;
}

const unknown = '0'.repeat(64);
const close = 'Connection: close\r\n';

/** Requests against a server that listens without a token, which holds one file of one notice. */
export const hostileRequests: readonly HostileRequest[] = [
  ...addresses(),
  ...queries(),
  ...headers(),
  ...framing(),
  ...jsonBodies(),
  ...uploads(),
  ...ranges(),
];

function get(reason: string, address: string, status: number, code: string | null, body?: RegExp): HostileRequest {
  return send(reason, 'GET', address, '', status, code, body);
}

function send(
  reason: string,
  method: string,
  address: string,
  more: string,
  status: number,
  code: string | null,
  body?: RegExp,
): HostileRequest {
  const bytes = `${method} ${address} HTTP/1.1\r\nHost: 127.0.0.1\r\n${more}${close}\r\n`;
  return { reason, bytes, status, code, ...(body && { body }) };
}

function addresses(): readonly HostileRequest[] {
  return [
    get('a path that climbs out', '/../../../../etc/passwd', 404, 'NO_SUCH_ADDRESS'),
    get('the same, encoded', '/%2e%2e/%2e%2e/etc/passwd', 404, 'NO_SUCH_ADDRESS'),
    get('the same, encoded twice', '/%252e%252e%252fetc%252fpasswd', 404, 'NO_SUCH_ADDRESS'),
    get('the same, with backslashes', '/..\\..\\windows\\win.ini', 404, 'NO_SUCH_ADDRESS'),
    get('a path within an id', '/api/files/..%2f..%2fetc%2fpasswd/original', 400, 'BAD_REQUEST'),
    get('a zero byte in an id', `/api/files/${unknown.slice(1)}%00`, 400, 'BAD_REQUEST'),
    get('SQL for an id', "/api/files/'%20or%201=1--", 400, 'BAD_REQUEST'),
    get('an id in capitals', `/api/files/${'A'.repeat(64)}`, 400, 'BAD_REQUEST'),
    get('an id of nobody', `/api/files/${unknown}`, 404, 'NOT_FOUND'),
    get('a name that objects inherit for an id', `/api/files/${unknown}/notices/constructor`, 400, 'BAD_REQUEST'),
    get('a name that objects inherit for an address', '/__proto__', 404, 'NO_SUCH_ADDRESS'),
    get('half an encoded character', '/api/files/%E0%A4%A', 400, 'BAD_REQUEST'),
    get('an address without end', `/api/${'a/'.repeat(4_000)}`, 404, 'NO_SUCH_ADDRESS'),
    get('another server for a path', 'http://evil.example/api/notices', 403, 'FORBIDDEN'),
    get('a path that looks like a host', '//evil.example/api', 404, 'NO_SUCH_ADDRESS'),
    get('a number with a fraction', '/api/jobs/1.5', 400, 'BAD_REQUEST'),
    get('a number larger than any', '/api/jobs/99999999999999999999', 400, 'BAD_REQUEST'),
    get('a number below all', '/api/jobs/-1', 400, 'BAD_REQUEST'),
    get('events of a job of nobody', '/api/jobs/999999/events', 404, 'NOT_FOUND'),
    get('events of what is no job', '/api/jobs/1%0d%0aevent:%20x/events', 400, 'BAD_REQUEST'),
  ];
}

function queries(): readonly HostileRequest[] {
  const list = (reason: string, query: string) => get(reason, `/api/notices?${query}`, 400, 'BAD_REQUEST');
  const harmless = (reason: string, q: string) =>
    get(reason, `/api/notices?q=${encodeURIComponent(q)}`, 200, null, /"total":0/);
  return [
    list('a page of nothing', 'limit=0'),
    list('a page of everything', 'limit=1e9'),
    list('no number', 'limit=NaN'),
    list('a number in another notation', 'limit=0x10%00'),
    list('a page before the first', 'offset=-1'),
    list('a parameter that there is not', 'nothing=1'),
    list('a parameter twice', 'q=a&q=b'),
    list('an array for a text', 'level[]=county'),
    list('an object for a text', 'level[$ne]=county'),
    list('a name that objects inherit', '__proto__[admin]=1'),
    list('another', 'constructor=1'),
    list('a value out of nowhere', 'level=galactic'),
    list('a wildcard for a code', 'region=99%25'),
    list('a day that is none', 'issuedFrom=yesterday'),
    list('SQL for a column to sort by', 'sort=title;drop%20table%20file'),
    list('a search without end', `q=${'a'.repeat(201)}`),
    harmless('SQL for a search', "'; DROP TABLE file; --"),
    harmless('the language of the index for a search', '") OR tokens:* NEAR(a b, 9'),
    harmless('a formula for a search', '=cmd|" /C calc"!A0'),
    harmless('a zero byte for a search', '\u0000\u0000没有'),
    harmless('turned writing for a search', '\u202e\u2066没有的词'),
    get('ids without end', `/api/export?ids=${Array(150).fill(unknown).join()}`, 404, 'NOT_FOUND'),
    get('a format that runs', '/api/export?format=exe', 400, 'BAD_REQUEST'),
    get('a comparison with SQL', `/api/compare?left=${unknown}.n1'--&right=${unknown}`, 400, 'BAD_REQUEST'),
    get('days without end', '/api/deadlines/upcoming?days=999999', 400, 'BAD_REQUEST'),
  ];
}

function headers(): readonly HostileRequest[] {
  const with_ = (reason: string, more: string, status: number, code: string | null) =>
    send(reason, 'GET', '/api/notices', more, status, code);
  return [
    with_('a header without end', `X: ${'a'.repeat(40_000)}\r\n`, 431, 'BAD_REQUEST'),
    with_('headers without number', 'X: a\r\n'.repeat(3_000), 200, null),
    with_('a header with a zero byte', 'X: a\u0000b\r\n', 400, 'BAD_REQUEST'),
    with_('a folded header', 'X: a\r\n b\r\n', 400, 'BAD_REQUEST'),
    with_('a token where there is none', 'Authorization: Bearer forged\r\n', 200, null),
    with_('a forged session', `Cookie: hongtou_session=${unknown}\r\n`, 200, null),
    with_('a forged sender', 'X-Forwarded-For: 127.0.0.1, evil\r\nX-Real-IP: ::1\r\n', 200, null),
    with_('another address behind the address', 'X-Original-URL: /admin\r\nX-Rewrite-URL: /admin\r\n', 200, null),
    with_('a language without end', `Accept-Language: ${'zh,'.repeat(2_000)}\r\n`, 200, null),
    with_('a change of protocol', 'Upgrade: h2c\r\nHTTP2-Settings: AAAA\r\n', 200, null),
    {
      reason: 'the name of another host',
      bytes: `GET /api/notices HTTP/1.1\r\nHost: evil.example\r\n${close}\r\n`,
      status: 403,
      code: 'FORBIDDEN',
    },
    {
      reason: 'two hosts',
      bytes: `GET /api/notices HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n${close}\r\n`,
      status: 200,
      code: null,
    },
    {
      reason: 'no host',
      bytes: `GET /api/notices HTTP/1.1\r\n${close}\r\n`,
      status: 400,
      code: null,
    },
    send('a page of another site', 'DELETE', '/api/files/{file}', 'Origin: http://evil.example\r\n', 403, 'FORBIDDEN'),
    send('a page without a site', 'DELETE', '/api/files/{file}', 'Origin: null\r\n', 403, 'FORBIDDEN'),
    send(
      'another site, as browsers say',
      'POST',
      '/api/jobs/1/cancel',
      'Sec-Fetch-Site: cross-site\r\n',
      403,
      'FORBIDDEN',
    ),
  ];
}

function framing(): readonly HostileRequest[] {
  const raw = (reason: string, bytes: string): HostileRequest => ({ reason, bytes, status: 400, code: 'BAD_REQUEST' });
  const post = 'POST /api/files HTTP/1.1\r\nHost: 127.0.0.1\r\n';
  return [
    raw('what is not HTTP', 'nonsense\r\n\r\n'),
    raw('the beginning of TLS', '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003'),
    raw('a version that there is not', 'GET / HTTP/9.9\r\nHost: 127.0.0.1\r\n\r\n'),
    raw('a method that there is not', 'STEAL / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'),
    raw('two lengths', `${post}Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef`),
    raw(
      'a length and chunks',
      `${post}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n\r\n`,
    ),
    raw('a length that is none', `${post}Content-Length: 5a\r\n\r\nabcde`),
    raw('a length below zero', `${post}Content-Length: -1\r\n\r\n`),
    raw('chunks of another coding', `${post}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`),
    raw('a chunk whose size is none', `${post}Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n`),
    raw('a header without a colon', 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX\r\n\r\n'),
    raw('white space before the colon', 'GET / HTTP/1.1\r\nHost : 127.0.0.1\r\n\r\n'),
    send('another method for an address', 'PUT', '/api/files', '', 404, 'NO_SUCH_ADDRESS'),
    send('a method in a header', 'GET', '/api/files/{file}', 'X-HTTP-Method-Override: DELETE\r\n', 200, null),
    send('a method in the query', 'GET', '/api/files/{file}?_method=DELETE', '', 400, 'BAD_REQUEST'),
    send('what proxies trace', 'TRACE', '/api/files', 'Cookie: secret=1\r\n', 404, 'NO_SUCH_ADDRESS'),
  ];
}

function jsonBodies(): readonly HostileRequest[] {
  const address = '/api/files/{file}/notices/n1/corrections';
  const post = (
    reason: string,
    body: string,
    status = 400,
    code = 'BAD_REQUEST',
    type = 'application/json',
  ): HostileRequest => ({
    reason,
    bytes: `POST ${address} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: ${type}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n${close}\r\n${body}`,
    status,
    code,
  });
  return [
    post('JSON that breaks off', '{"field":'),
    post('JSON that is no object', '[1,2,3]'),
    post('nothing', 'null'),
    post('JSON nested without end', `${'{"value":'.repeat(20_000)}1${'}'.repeat(20_000)}`),
    post('lists nested without end', `{"field":"title","value":${'['.repeat(50_000)}${']'.repeat(50_000)}}`),
    post('what objects inherit, as a key', '{"__proto__":{"admin":true},"field":"title","value":null}'),
    post('the same, in a value', '{"field":"title","value":{"__proto__":{"value":"x"}}}'),
    post('a field that must not change', '{"field":"id","value":"n2"}'),
    post('a field that objects inherit', '{"field":"constructor","value":null}'),
    post('a value of another type', '{"field":"issueDate","value":7}'),
    post('a number larger than any', '{"field":"issueDate","value":{"value":1e999}}'),
    post('more than was asked', '{"field":"title","value":null,"actor":"root"}'),
    post('a body without end', `{"field":"title","value":"${'a'.repeat(1_100_000)}"}`, 413, 'UPLOAD_TOO_LARGE'),
    post(
      'a charset of nobody',
      '{"field":"title","value":null}',
      400,
      'BAD_REQUEST',
      'application/json; charset=x-none',
    ),
    post('a form where JSON belongs', 'field=title&value=', 400, 'BAD_REQUEST', 'application/x-www-form-urlencoded'),
    post('text where JSON belongs', '{"field":"title","value":null}', 400, 'BAD_REQUEST', 'text/plain'),
  ];
}

function uploads(): readonly HostileRequest[] {
  const post = (
    reason: string,
    body: string,
    status = 400,
    code = 'BAD_REQUEST',
    type = 'multipart/form-data; boundary=x',
  ): HostileRequest => ({
    reason,
    bytes: `POST /api/files HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: ${type}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n${close}\r\n${body}`,
    status,
    code,
  });
  const part = (disposition: string, content: string) =>
    `--x\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${content}\r\n`;
  const file = 'name="files"; filename="a.txt"';
  return [
    post('an upload that breaks off', `--x\r\nContent-Disposition: form-data; ${file}\r\n\r\nhalf`),
    post('an upload without a boundary', `${part(file, 'a')}--x--\r\n`, 400, 'BAD_REQUEST', 'multipart/form-data'),
    post('an upload of nothing', '--x--\r\n'),
    post('an upload that is no multipart', 'files=a', 400, 'BAD_REQUEST', 'application/x-www-form-urlencoded'),
    post('a file in another field', `${part('name="elsewhere"; filename="a.txt"', 'a')}--x--\r\n`),
    post('a field that objects inherit', `${part('name="__proto__[x]"', 'a')}--x--\r\n`),
    post('a file without bytes', `${part(file, '')}--x--\r\n`, 422, 'FILE_EMPTY'),
    post('more files than allowed', `${part(file, 'a').repeat(5)}--x--\r\n`, 413, 'UPLOAD_TOO_LARGE'),
    post('more fields than allowed', `${part('name="f"', 'a').repeat(50)}--x--\r\n`, 413, 'UPLOAD_TOO_LARGE'),
    post('a file larger than allowed', `${part(file, 'a'.repeat(1_100_000))}--x--\r\n`, 413, 'UPLOAD_TOO_LARGE'),
    post(
      'a part with headers without end',
      `--x\r\n${'X: a\r\n'.repeat(3_000)}Content-Disposition: form-data; ${file}\r\n\r\na\r\n--x--\r\n`,
    ),
  ];
}

function ranges(): readonly HostileRequest[] {
  const range = (reason: string, value: string, status: number, body?: RegExp) =>
    send(
      reason,
      'GET',
      '/api/files/{file}/original',
      `Range: ${value}\r\n`,
      status,
      status === 400 ? 'BAD_REQUEST' : null,
      body,
    );
  return [
    range('a range behind the end', 'bytes=999999999-', 400),
    range('a range that runs backwards', 'bytes=9-3', 400),
    range('ranges without end', `bytes=${'0-,'.repeat(1_000)}0-`, 206),
    range('a range of another unit', 'pages=1-2', 200),
    range('a range larger than numbers', `bytes=0-${'9'.repeat(400)}`, 206),
  ];
}
