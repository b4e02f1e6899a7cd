/** Paths that the API answers outside `/api`, under which the console's configuration hands them on. */
const OUTSIDE_API = '_';

/**
 * The path and query to ask the API with, from the parts behind `/api/` and the address as it was asked.
 * Each part is encoded again, and parts that mean "here" or "one up" are dropped: nothing climbs out.
 */
export function upstreamPath(parts: string | string[] | undefined, url: string): string {
  const all = (parts === undefined ? [] : Array.isArray(parts) ? parts : [parts]).filter(
    (part) => !/^\.{0,2}$/.test(part),
  );
  const path = all[0] === OUTSIDE_API ? all.slice(1) : ['api', ...all];
  const query = url.indexOf('?');
  return `/${path.map(encodeURIComponent).join('/')}${query < 0 ? '' : url.slice(query)}`;
}
