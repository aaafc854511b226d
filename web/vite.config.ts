import { createReadStream } from 'node:fs';
import { cp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const pdfjs = path.dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
/** What pdf.js fetches when a page needs it: maps of Chinese character sets, the standard fonts, decoders of pictures. */
const pdfjsFolders = ['cmaps', 'standard_fonts', 'wasm', 'iccs'];

/** Delivers the data of pdf.js from here instead of from elsewhere. */
function pdfjsData(): Plugin {
  let outDir = '';
  return {
    name: 'pdfjs-data',
    configResolved(config) {
      outDir = path.resolve(config.root, config.build.outDir);
    },
    configureServer(server) {
      server.middlewares.use('/pdfjs', (request, response, next) => {
        const wanted = path.join(pdfjs, path.normalize((request.url ?? '/').split('?')[0] ?? '/'));
        const allowed = pdfjsFolders.some((folder) => wanted.startsWith(path.join(pdfjs, folder) + path.sep));
        if (!allowed) return next();
        response.setHeader('Content-Type', wanted.endsWith('.js') ? 'text/javascript' : 'application/octet-stream');
        createReadStream(wanted)
          .on('error', () => next())
          .pipe(response);
      });
    },
    async closeBundle() {
      for (const folder of pdfjsFolders) {
        await cp(path.join(pdfjs, folder), path.join(outDir, 'pdfjs', folder), { recursive: true });
      }
    },
  };
}

const compress = promisify(brotliCompress);

/** Compresses scripts and styles once, here, so that the server need not do it for every visitor. */
function compressed(): Plugin {
  let assets = '';
  return {
    name: 'compressed',
    configResolved(config) {
      assets = path.resolve(config.root, config.build.outDir, 'assets');
    },
    async closeBundle() {
      for (const name of await readdir(assets)) {
        if (!/\.(m?js|css)$/.test(name)) continue;
        const file = path.join(assets, name);
        if ((await stat(file)).size < 1_024) continue;
        const params = { [constants.BROTLI_PARAM_QUALITY]: 9 };
        await writeFile(`${file}.br`, await compress(await readFile(file), { params }));
      }
    },
  };
}

export default defineConfig({
  plugins: [react(), pdfjsData(), compressed()],
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2022', assetsInlineLimit: 0, chunkSizeWarningLimit: 1_500 },
  server: {
    port: 5173,
    // The API runs beside it: hongtou serve.
    proxy: Object.fromEntries(
      ['/api', '/session', '/openapi.json'].map((address) => [address, 'http://127.0.0.1:8620']),
    ),
  },
});
