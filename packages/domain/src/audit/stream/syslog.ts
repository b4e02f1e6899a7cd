/** The private enterprise number of RFC 5612, which is set aside for examples: the project has none of its own. */
const ENTERPRISE = 32473;
/** Facility "log audit" (13) of RFC 5424. */
const FACILITY = 13;
const SEVERITIES = { warning: 4, notice: 5 } as const;
const HOST_MAX = 255;

/** What syslog says of an entry. */
export interface SyslogEntry {
  id: string;
  seq: number;
  operatorId: string;
  at: string;
  verb: string;
  subjectType: string;
  subjectId: string;
}

/**
 * An entry as a message of RFC 5424: its place and id as structured data, by which a receiver drops what came twice, and
 * the whole entry as JSON. What was refused is a warning, all else a notice.
 */
export function syslogEntry(entry: SyslogEntry, host: string, json: string): string {
  const severity = entry.verb.endsWith('refused') ? 'warning' : 'notice';
  const { id, seq, operatorId, verb, subjectType, subjectId } = entry;
  const data = { id, seq: String(seq), operator: operatorId, verb, subjectType, subjectId };
  return message({ severity, at: entry.at, host, kind: 'audit', data, text: json });
}

/** A message that tests a stream. */
export const syslogTest = (streamId: string, at: string, host: string): string =>
  message({ severity: 'notice', at, host, kind: 'test', data: { stream: streamId }, text: 'Test of an audit stream' });

function message(of: {
  severity: keyof typeof SEVERITIES;
  at: string;
  host: string;
  kind: string;
  data: Readonly<Record<string, string>>;
  text: string;
}): string {
  const priority = FACILITY * 8 + SEVERITIES[of.severity];
  const data = Object.entries(of.data).map(([name, value]) => ` ${name}="${escaped(value)}"`);
  // The byte order mark says that the text is UTF-8 (section 6.4).
  return `<${priority}>1 ${of.at} ${printable(of.host)} loopstart - ${of.kind} [loopstart@${ENTERPRISE}${data.join('')}] \u{FEFF}${of.text}`;
}

/** Section 6.3.3: a quotation mark, a backslash and a closing bracket are escaped. */
const escaped = (value: string): string => value.replace(/["\\\]]/g, '\\$&');

/** A host name is printable ASCII without spaces; "-" where nothing is left of it. */
function printable(host: string): string {
  const text = host.replace(/[^\x21-\x7e]/g, '').slice(0, HOST_MAX);
  return text === '' ? '-' : text;
}
