import type { FaceAnswer, FaceRequest, HttpHandler } from '../faces/http-face.ts';

export interface RestUnit {
  /** Whether it takes no file at present. */
  busy(): boolean;
  read(): string;
  /** Returns the reason where the file is bad. A full one is saved; a reset follows it. */
  load(text: string, full: boolean): string | null;
  save(): void;
  reset(): void;
}

const ROOT = '/api/v1';

/** The REST interface of release 7.x: ini files as a whole and incremental, saving and resetting. Basic login. */
export function restFace(unit: RestUnit): HttpHandler {
  const problem = (status: number, description: string): FaceAnswer => ({
    status,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ description }),
  });
  const answer = (request: FaceRequest): FaceAnswer => {
    const path = request.url.replace(/\?.*$/s, '');
    const isFull = path === `${ROOT}/files/ini`;
    if (isFull && request.method === 'GET') return { status: 200, body: unit.read() };
    if ((isFull || path === `${ROOT}/files/ini/incremental`) && request.method === 'PUT') {
      if (unit.busy()) return problem(409, 'The device is busy.');
      const refused = unit.load(fileIn(request), isFull);
      if (refused !== null) return problem(400, refused);
      return { status: 200, body: '', ...(isFull ? { afterwards: () => unit.reset() } : {}) };
    }
    if (path === `${ROOT}/actions/saveConfiguration` && request.method === 'POST') {
      unit.save();
      return { status: 200, body: '' };
    }
    if (path === `${ROOT}/actions/reset` && request.method === 'POST') {
      return { status: 200, body: '', afterwards: () => unit.reset() };
    }
    return problem(404, 'No such resource.');
  };
  return { scheme: 'basic', realm: 'REST', answer };
}

/** The file of a request: its part named `file`, or the whole body. */
function fileIn({ headers, body }: FaceRequest): string {
  const boundary = /^multipart\/form-data;.*boundary="?([^";]+)"?/i.exec(headers['content-type'] ?? '')?.[1];
  const text = body.toString('utf8');
  if (boundary === undefined) return text;
  const part = text.split(`--${boundary}`).find((one) => /name="?file"?/i.test(one.split('\r\n\r\n')[0] ?? ''));
  const at = part?.indexOf('\r\n\r\n') ?? -1;
  return part === undefined || at < 0 ? '' : part.slice(at + 4).replace(/\r\n$/, '');
}
