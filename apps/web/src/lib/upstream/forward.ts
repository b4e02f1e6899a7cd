import { randomUUID } from 'node:crypto';
import * as http from 'node:http';
import * as https from 'node:https';
import type { Problem } from '@loopstart/contracts';
import { requestHeaders, responseHeaders } from './headers.ts';

const agents = { 'http:': new http.Agent({ keepAlive: true }), 'https:': new https.Agent({ keepAlive: true }) };

/**
 * Hands a request to the API and its answer back, both as streams. When the browser goes away, so does the
 * request to the API: an event stream that nobody reads must not stay open. Where the API cannot be reached
 * the answer is a problem like its own.
 */
export function forward(request: http.IncomingMessage, response: http.ServerResponse, target: URL): void {
  const secure = target.protocol === 'https:';
  const upstream = (secure ? https : http).request(target, {
    method: request.method,
    headers: requestHeaders(request.headers, {
      peer: request.socket.remoteAddress,
      key: process.env.LOOPSTART_CONSOLE_KEY,
    }),
    agent: secure ? agents['https:'] : agents['http:'],
  });

  upstream.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, responseHeaders(answer.headers));
    response.flushHeaders();
    answer.on('error', () => response.destroy());
    answer.pipe(response);
  });
  upstream.on('error', (error) => {
    if (response.destroyed) return;
    if (response.headersSent) {
      response.destroy();
      return;
    }
    console.error(`The API could not be reached: ${error.message}`);
    answerUnreachable(response, request.headers['x-request-id']);
  });
  response.on('close', () => upstream.destroy());
  request.pipe(upstream);
}

function answerUnreachable(response: http.ServerResponse, requestId: string | string[] | undefined): void {
  const problem: Problem = {
    type: 'about:blank',
    title: 'The service is starting or cannot be reached.',
    status: 503,
    code: 'not-ready',
    requestId: typeof requestId === 'string' ? requestId : randomUUID(),
  };
  response.writeHead(503, { 'content-type': 'application/problem+json', 'retry-after': '5' });
  response.end(JSON.stringify(problem));
}
