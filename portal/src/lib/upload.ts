/** Sends a file to the hub, telling how far it is. `XMLHttpRequest`, since `fetch` does not tell. */
import { language } from './language.svelte';
import { Problem, type Reason } from './problem';

export interface Uploaded {
  id: string;
  name: string;
  mediaType: string;
  size: number;
}

export interface Upload {
  /** The document, or a `Problem`; `undefined` where it was given up. */
  readonly done: Promise<Uploaded | undefined>;
  cancel(): void;
}

interface Answer {
  document?: Uploaded;
  errors?: { message: string; extensions?: { requestId?: string } }[];
}

export function upload(file: File, practice: string, onProgress: (sent: number, all: number) => void): Upload {
  const request = new XMLHttpRequest();
  const done = new Promise<Uploaded | undefined>((resolve, reject) => {
    request.upload.onprogress = ({ loaded, total }) => onProgress(loaded, total);
    request.onabort = () => resolve(undefined);
    request.onerror = request.ontimeout = () => reject(new Problem('unreachable', 'The connection was cut.'));
    request.onload = () => {
      const answer = read(request.responseText);
      if (request.status === 201 && answer.document) resolve(answer.document);
      else reject(asProblem(request, answer));
    };
  });
  request.open('POST', `/documents?${new URLSearchParams({ practice, name: file.name })}`);
  request.setRequestHeader('content-type', 'application/octet-stream');
  request.setRequestHeader('accept-language', language.current);
  request.send(file);
  return { done, cancel: () => request.abort() };
}

function read(text: string): Answer {
  try {
    return JSON.parse(text) as Answer;
  } catch {
    return {};
  }
}

function asProblem({ status }: XMLHttpRequest, { errors }: Answer): Problem {
  const [error] = errors ?? [];
  const reason: Reason =
    status === 401 ? 'signed-out'
    : status === 429 ? 'too-many'
    : status === 408 || status === 502 || status === 503 || status === 504 ? 'unreachable'
    : 'failed';
  return new Problem(reason, error?.message ?? `HTTP ${status}`, error?.extensions?.requestId);
}
