import type { Job, LibraryFile, Problem } from '../../../models/api/library.ts';
import { AskError, isProblem } from '../api/ask.ts';

/** What the server says of a file that was sent. */
export interface UploadedItem {
  readonly fileName: string;
  readonly file: LibraryFile | null;
  /** null: it had been read before, or was refused. */
  readonly job: Job | null;
  readonly isNew: boolean;
  readonly problem: Problem | null;
}

export interface Sending {
  readonly answer: Promise<UploadedItem>;
  cancel(): void;
}

/** Somebody stopped the sending. */
export class SendingCancelled extends Error {}

/** Sends one file; unlike `fetch` it tells how much has gone. The answer fails with AskError or SendingCancelled. */
function begin(file: File, onShare: (share: number) => void): Sending {
  const request = new XMLHttpRequest();
  const answer = new Promise<UploadedItem>((resolve, reject) => {
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) onShare(event.loaded / Math.max(1, event.total));
    });
    request.addEventListener('load', () => {
      const body: unknown = request.response;
      if (request.status >= 400) reject(new AskError(isProblem(body) ? body : null));
      else {
        const [item] = (body as { readonly items: readonly UploadedItem[] }).items;
        if (item === undefined || item.problem !== null) reject(new AskError(item?.problem ?? null));
        else resolve(item);
      }
    });
    request.addEventListener('error', () => reject(new AskError(null)));
    request.addEventListener('abort', () => reject(new SendingCancelled()));
    request.open('POST', '/api/files');
    request.setRequestHeader('Accept', 'application/json');
    request.responseType = 'json';
    const form = new FormData();
    form.append('files', file);
    request.send(form);
  });
  return { answer, cancel: () => request.abort() };
}

/** Sends one after another: a folder of hundreds must not open hundreds of connections. */
let last: Promise<unknown> = Promise.resolve();

export function sendFile(file: File, onShare: (share: number) => void): Sending {
  let isCancelled = false;
  let sending: Sending | undefined;
  const start = () => {
    if (isCancelled) throw new SendingCancelled();
    sending = begin(file, onShare);
    return sending.answer;
  };
  const answer = last.then(start);
  last = answer.catch(() => undefined);
  return {
    answer,
    cancel() {
      isCancelled = true;
      sending?.cancel();
    },
  };
}
