/** A syslog message without its frame. */
export interface SyslogMessage {
  /** Which rules its head follows; `bare`: it has no priority, or what follows it is of no known form. */
  readonly form: 'rfc5424' | 'rfc3164' | 'bare';
  readonly facility: number | null;
  readonly severity: number | null;
  /** The name that the sender gives itself: a claim, not an identity. */
  readonly host: string | null;
  readonly app: string | null;
  readonly text: string;
}

const PRIORITY_MAX = 191;
const HEAD_MAX = 255;

/** Reads the head of a message by RFC 5424, or else by RFC 3164. Never throws: a head of no known form is text. */
export function parseSyslog(line: string): SyslogMessage {
  const bare = { form: 'bare', facility: null, severity: null, host: null, app: null, text: line } as const;
  const priority = /^<(\d{1,3})>/.exec(line);
  if (priority === null || Number(priority[1]) > PRIORITY_MAX) return bare;
  const value = Number(priority[1]);
  const base = { facility: value >> 3, severity: value & 7 };
  const rest = line.slice(priority[0].length);
  return parse5424(rest, base) ?? parse3164(rest, base) ?? { ...bare, ...base, text: rest };
}

type Base = Pick<SyslogMessage, 'facility' | 'severity'>;

/** RFC 5424 section 6: version, time, host, application, process, message id, structured data, text. */
function parse5424(rest: string, base: Base): SyslogMessage | null {
  if (!rest.startsWith('1 ')) return null;
  const words: string[] = [];
  let at = 2;
  while (words.length < 5) {
    const end = rest.indexOf(' ', at);
    if (end <= at || end - at > HEAD_MAX) return null;
    words.push(rest.slice(at, end));
    at = end + 1;
  }
  const after = skipStructuredData(rest, at);
  if (after === null) return null;
  const text = rest
    .slice(after)
    .replace(/^ /, '')
    .replace(/^\uFEFF/, '');
  return { form: 'rfc5424', ...base, host: nil(words[1]), app: nil(words[2]), text };
}

const nil = (word: string | undefined): string | null => (word === undefined || word === '-' ? null : word);

/** Where structured data ends (RFC 5424 section 6.3): `\"`, `\\` and `\]` are escaped inside its values. */
function skipStructuredData(text: string, start: number): number | null {
  if (text[start] === '-') return start + 1;
  let at = start;
  while (text[at] === '[') {
    let quoted = false;
    for (at += 1; at < text.length; at += 1) {
      if (quoted && text[at] === '\\') at += 1;
      else if (text[at] === '"') quoted = !quoted;
      else if (!quoted && text[at] === ']') break;
    }
    if (text[at] !== ']') return null;
    at += 1;
  }
  return at > start ? at : null;
}

const BSD_TIME = /^[A-Z][a-z]{2} {1,2}\d{1,2} \d{2}:\d{2}:\d{2}(?:\.\d{1,6})? /;
const TAG = /^([\w./-]{1,48})(?:\[[\w.-]{1,32}\])?: /;

/** RFC 3164 section 4.1: time, host and tag; gateways leave out any of them. */
function parse3164(rest: string, base: Base): SyslogMessage | null {
  const time = BSD_TIME.exec(rest);
  if (time === null) return null;
  let text = rest.slice(time[0].length);
  const host = /^([^\s:[\]|]{1,255}) /.exec(text);
  if (host !== null) text = text.slice(host[0].length);
  const tag = TAG.exec(text);
  return {
    form: 'rfc3164',
    ...base,
    host: host?.[1] ?? null,
    app: tag?.[1] ?? null,
    text: tag === null ? text : text.slice(tag[0].length),
  };
}
