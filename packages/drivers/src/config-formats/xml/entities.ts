const PREDEFINED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The longest that is looked at behind `&`: `#x10FFFF`. */
const LONGEST = 8;

/** Text without entities, or where one stands that XML does not predefine (XML 1.0, 4.6). */
export function decodeEntities(raw: string): string | { at: number; found: string } {
  const parts: string[] = [];
  let at = 0;
  for (let next = raw.indexOf('&'); next !== -1; next = raw.indexOf('&', at)) {
    const end = raw.slice(next, next + LONGEST + 2).indexOf(';');
    const name = raw.slice(next + 1, next + Math.max(end, 1));
    const character = end === -1 ? undefined : characterOf(name);
    if (character === undefined) return { at: next, found: end === -1 ? 'a bare "&"' : `"&${name};"` };
    parts.push(raw.slice(at, next), character);
    at = next + end + 1;
  }
  parts.push(raw.slice(at));
  return parts.join('');
}

function characterOf(name: string): string | undefined {
  if (!name.startsWith('#')) return Object.hasOwn(PREDEFINED, name) ? PREDEFINED[name] : undefined;
  const hex = name[1] === 'x';
  const digits = name.slice(hex ? 2 : 1);
  if (!(hex ? /^[0-9a-fA-F]{1,6}$/ : /^\d{1,7}$/).test(digits)) return undefined;
  const code = Number.parseInt(digits, hex ? 16 : 10);
  const allowed =
    code === 9 ||
    code === 10 ||
    code === 13 ||
    (code >= 0x20 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff));
  return allowed ? String.fromCodePoint(code) : undefined;
}

/** For the content of an element. */
export function encodeEntities(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
