import { execFile } from 'node:child_process';
import { access, constants, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join, parse } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { renderDocx } from './generator/docx.ts';
import { renderPrintHtml } from './generator/html.ts';
import type { NoticeSpec } from './generator/spec.ts';

/**
 * Files that this project did not write: what LibreOffice and Chromium make of its notices. Each is one more row of the
 * report where the program is installed.
 */
export interface Export {
  readonly name: string;
  readonly ending: string;
  readonly program: 'soffice' | 'chromium';
  /** What the program is given. */
  readonly source: {
    readonly ending: string;
    readonly render: (spec: NoticeSpec, seed: number) => Promise<Uint8Array>;
  };
  /** The filter of LibreOffice that writes the file. */
  readonly filter?: string;
}

const docx = (numbering: 'typed' | 'automatic'): Export['source'] => ({
  ending: 'docx',
  render: async (spec, seed) => (await renderDocx(spec, { seed, numbering })).bytes,
});
const html: Export['source'] = { ending: 'html', render: async (spec, seed) => renderPrintHtml(spec, { seed }) };

export const exports: readonly Export[] = [
  { name: 'pdf by LibreOffice', ending: 'pdf', program: 'soffice', source: docx('automatic') },
  {
    name: 'docx by LibreOffice',
    ending: 'docx',
    program: 'soffice',
    source: docx('automatic'),
    filter: 'docx:MS Word 2007 XML',
  },
  {
    name: 'html by LibreOffice',
    ending: 'html',
    program: 'soffice',
    source: docx('typed'),
    filter: 'html:HTML (StarWriter)',
  },
  {
    name: 'doc by LibreOffice',
    ending: 'doc',
    program: 'soffice',
    source: docx('typed'),
    filter: 'doc:MS Word 97',
  },
  { name: 'pdf by Chromium', ending: 'pdf', program: 'chromium', source: html },
];

/** The program's path, or null where it is not installed. */
export async function findProgram(program: Export['program']): Promise<string | null> {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, program);
    if (
      await access(path, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return path;
  }
  return null;
}

/** Has the program write every notice, in the order given; null for a notice that it did not write. */
export async function exportNotices(
  about: Export,
  program: string,
  notices: readonly { readonly spec: NoticeSpec; readonly seed: number }[],
): Promise<(Uint8Array | null)[]> {
  const folder = await mkdtemp(join(tmpdir(), 'hongtou-export-'));
  try {
    const sources: string[] = [];
    for (const [i, { spec, seed }] of notices.entries()) {
      const path = join(folder, `${String(i).padStart(4, '0')}.${about.source.ending}`);
      await writeFile(path, await about.source.render(spec, seed));
      sources.push(path);
    }
    const out = join(folder, 'out');
    await mkdir(out);
    if (about.program === 'soffice')
      await convertAll(program, sources, {
        out,
        profile: join(folder, 'profile'),
        filter: about.filter ?? about.ending,
      });
    else for (const source of sources) await print(program, source, { out, profile: join(folder, 'profile') });
    const written = new Set(await readdir(out));
    return await Promise.all(
      sources.map(async (source) => {
        const name = `${parse(source).name}.${about.ending}`;
        return written.has(name) ? readFile(join(out, name)) : null;
      }),
    );
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

const run = promisify(execFile);

/** One start for all files: starting takes longer than converting. */
async function convertAll(
  program: string,
  sources: readonly string[],
  places: { out: string; profile: string; filter: string },
): Promise<void> {
  await run(
    program,
    [
      `-env:UserInstallation=${pathToFileURL(places.profile).href}`,
      '--headless',
      '--norestore',
      '--convert-to',
      places.filter,
      '--outdir',
      places.out,
      ...sources,
    ],
    { timeout: 600_000, killSignal: 'SIGKILL' },
  );
}

async function print(program: string, source: string, places: { out: string; profile: string }): Promise<void> {
  const target = join(places.out, `${parse(source).name}.pdf`);
  const options = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--no-pdf-header-footer',
    `--user-data-dir=${places.profile}`,
    `--print-to-pdf=${target}`,
  ];
  await run(program, [...options, pathToFileURL(source).href], { timeout: 60_000, killSignal: 'SIGKILL' });
}
