/** Where the API listens, read at each request so that one build serves every installation. Throws if unset. */
export function apiOrigin(): string {
  const origin = process.env.LOOPSTART_API_ORIGIN;
  if (origin === undefined || origin === '') {
    throw new Error('LOOPSTART_API_ORIGIN is not set: the console does not know where the API is.');
  }
  return origin.replace(/\/+$/, '');
}
