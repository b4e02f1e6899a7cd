import { connect } from 'node:net';
import type { ControlCommand } from './control-server.ts';

const TIMEOUT_MS = 10_000;

/** The agent is not running, or this user may not query it; the message says which. */
export class NotRunningError extends Error {
  override readonly name = 'NotRunningError';
}

/** Queries the running agent. Rejects with NotRunningError when it does not answer. */
export async function askAgent(path: string, command: ControlCommand, argument: string | null): Promise<unknown> {
  const text = await exchange(path, `${JSON.stringify({ command, argument })}\n`);
  return JSON.parse(text);
}

function exchange(path: string, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    let text = '';
    socket.setEncoding('utf8');
    socket.setTimeout(TIMEOUT_MS, () => socket.destroy(new NotRunningError('the agent does not answer')));
    socket.on('connect', () => socket.write(request));
    socket.on('data', (part: string) => {
      text += part;
    });
    socket.on('end', () => resolve(text));
    socket.on('error', (error: NodeJS.ErrnoException) => reject(plain(error)));
  });
}

function plain(error: NodeJS.ErrnoException): Error {
  if (error.code === 'EACCES') return new NotRunningError('only the user of the agent and root may ask it; try sudo');
  if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') return new NotRunningError('the agent is not running');
  return error;
}
