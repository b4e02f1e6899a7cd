import { request, type IncomingMessage } from 'node:http';
import { basicHeader, digestAnswer, digestParameters } from './digest.ts';
import { tftpPull } from './tftp-pull.ts';
import type { Pulled, PullOptions, PullPlace } from './transfer.ts';

const ANSWER_TIMEOUT_MS = 10_000;
const BODY_BYTES_MAX = 4_000_000;

/** Gets a file over HTTP or TFTP from the unit's own address; over HTTP with the login once the server asks. */
export async function pull(url: string, options: PullOptions, place: PullPlace): Promise<Pulled> {
  if (!URL.canParse(url)) return { status: null, why: `cannot ask ${url}` };
  const { protocol } = new URL(url);
  if (protocol === 'tftp:' && (options.method ?? 'GET') === 'GET') return tftpPull(url, place);
  if (protocol !== 'http:') return { status: null, why: `cannot ask ${url}` };
  const first = await once(url, options, place, undefined);
  if (first.status !== 401 || options.login === undefined || options.login === null) return first;
  const { login } = options;
  const asked = first.headers['www-authenticate'] ?? '';
  const challenge = digestParameters(asked);
  const { pathname, search } = new URL(url);
  const authorization =
    challenge !== null
      ? digestAnswer(challenge, login, options.method ?? 'GET', pathname + search)
      : /^Basic/i.test(asked)
        ? basicHeader(login)
        : undefined;
  return authorization === undefined ? first : once(url, options, place, authorization);
}

function once(url: string, options: PullOptions, place: PullPlace, authorization?: string): Promise<Pulled> {
  return new Promise((resolve) => {
    const fail = (why: string) => resolve({ status: null, why });
    const headers = {
      ...(options.userAgent === undefined ? {} : { 'user-agent': options.userAgent }),
      ...options.headers,
      ...(authorization === undefined ? {} : { authorization }),
    };
    const { localAddress, signal, link } = place;
    const asking = request(url, { method: options.method ?? 'GET', headers, localAddress, signal, agent: false });
    asking.setTimeout(ANSWER_TIMEOUT_MS, () => asking.destroy(new Error('no answer')));
    asking.on('error', (error) => fail(error.message));
    asking.on('response', (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      const end = () => {
        const { statusCode = 0, headers } = response;
        resolve({ status: statusCode, headers, body: Buffer.concat(chunks).toString('utf8') });
      };
      response.on('data', (chunk: Buffer) => {
        const left = Math.min(link.cutAtByte, BODY_BYTES_MAX) - bytes;
        chunks.push(chunk.subarray(0, Math.max(0, left)));
        bytes += chunk.length;
        if (chunk.length <= left) return;
        response.destroy();
        place.cut();
        // Without a length the end of the connection is the end of the file: the unit takes half a file for a whole one.
        if (response.headers['content-length'] === undefined && !isChunked(response)) end();
        else fail('the transfer was cut');
      });
      response.on('end', end);
      response.on('error', (error) => fail(error.message));
    });
    asking.end(options.body);
  });
}

const isChunked = ({ headers }: IncomingMessage) => /chunked/i.test(headers['transfer-encoding'] ?? '');
