/** Paths that the API answers outside `/api`, under which the console's configuration hands them on. */
const OUTSIDE_API = '_';

/**
 * What of it the console hands on: what a technician's command downloads, and where programs get and show tokens. Not what
 * the machines around us ask, such as metrics.
 */
const FOR_OTHERS = /^(?:install\.sh|agent\/.+|oauth\/token|mcp|scim\/v2\/.+|\.well-known\/oauth-[\w/-]+)$/;

/**
 * The path and query to ask the API with, from the parts behind `/api/` and the address as it was asked; null for what
 * the console does not hand on. Each part is encoded again, and parts that mean "here" or "one up" are dropped: nothing
 * climbs out.
 */
export function upstreamPath(parts: string | string[] | undefined, url: string): string | null {
  const all = (parts === undefined ? [] : Array.isArray(parts) ? parts : [parts]).filter(
    (part) => !/^\.{0,2}$/.test(part),
  );
  const outside = all[0] === OUTSIDE_API;
  if (outside && !FOR_OTHERS.test(all.slice(1).join('/'))) return null;
  const path = outside ? all.slice(1) : ['api', ...all];
  const query = url.indexOf('?');
  return `/${path.map(encodeURIComponent).join('/')}${query < 0 ? '' : url.slice(query)}`;
}
