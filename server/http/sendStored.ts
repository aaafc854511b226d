import path from 'node:path';
import type { Response } from 'express';

/** Bytes of the library as they came. They are never run: whoever opens them has no rights on these pages. */
export async function sendStored(
  response: Response,
  place: string,
  headers: { readonly type: string; readonly disposition: string; readonly cache: string; readonly frames?: string },
): Promise<void> {
  response.setHeader('Content-Type', headers.type);
  response.setHeader('Content-Disposition', headers.disposition);
  response.setHeader(
    'Content-Security-Policy',
    ["default-src 'none'", 'sandbox', headers.frames].filter(Boolean).join('; '),
  );
  response.setHeader('Cache-Control', headers.cache);
  await new Promise<void>((resolve, reject) => {
    response.sendFile(path.basename(place), { root: path.dirname(place), cacheControl: false }, (error) => {
      // A reader who went away is no fault.
      if (error && !isGone(error)) reject(error);
      else resolve();
    });
  });
}

function isGone(error: Error): boolean {
  return 'code' in error && (error.code === 'ECONNABORTED' || error.code === 'EPIPE' || error.code === 'ECONNRESET');
}
