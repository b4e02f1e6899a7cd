import { NO_EVIDENCE, type Occurrence, type Scan } from '../engine/document.ts';
import { type Line, linesOf, unmarkedEnding } from '../engine/lines.ts';
import { FileRefused } from '../engine/refusals.ts';
import { characterName, quotedText, type SourceText } from '../engine/source-text.ts';
import { secretFormOf } from '../engine/values.ts';
import type { ConfigEnding, ConfigEvidence, ConfigKey } from '../format.ts';

/** A statement with a path. `purge` empties a list, `cp` makes a row of it, or goes to it. */
export interface VegaStatement {
  readonly verb: 'set' | 'cp' | 'purge';
  /** Without the value; `.` is the root. */
  readonly path: ConfigKey;
  readonly line: Line;
}

export interface VegaStructure {
  readonly statements: readonly VegaStatement[];
  /** Before the closing `cp .`, or the end. */
  readonly end: number;
}

/** Commands without settings in scripts of a unit, such as the one that runs at its start. */
const COMMANDS = new Set(['get', 'save', 'apply', 'reboot']);

/** `; CONFIGVERSION:<host name>:<date of the dump>` */
const CONFIG_VERSION = /^;\s*CONFIGVERSION:([^:]{1,100}):/;
const END_MARK = /^;\s*PUT end$/;

const PATH = /^\.(?:[\w-]+(?:\.[\w-]+)*)?$/;

export function scanVega(source: SourceText): Scan<VegaStructure> {
  const lines = linesOf(source.text);
  const occurrences: Occurrence[] = [];
  const statements: VegaStatement[] = [];
  for (const line of lines) {
    const text = line.text.trim();
    const [verb = ''] = text.split(' ', 1);
    if (text === '' || text.startsWith(';') || COMMANDS.has(verb)) continue;
    if (verb === 'set') {
      const occurrence = assignment(line);
      occurrences.push(occurrence);
      statements.push({ verb, path: occurrence.key, line });
    } else if (verb === 'cp' || verb === 'purge') {
      statements.push({ verb, path: pathIn(text.slice(verb.length).trim(), line), line });
    } else throw new FileRefused(line.number, 'set, cp, purge or a remark', quotedText(text));
  }
  const last = statements.at(-1);
  const end = last?.verb === 'cp' && last.path === '.' ? last.line.start : (last?.line.next ?? source.text.length);
  return {
    occurrences,
    notes: [],
    ending: endingOf(lines),
    evidence: evidenceIn(lines),
    structure: { statements, end },
  };
}

function endingOf(lines: readonly Line[]): ConfigEnding {
  // Behind the mark are remarks alone.
  const behind = lines.slice(lines.findLastIndex(({ text }) => !/^\s*(?:;|$)/.test(text.slice(0, 200))) + 1);
  return behind.some(({ text }) => END_MARK.test(text.trim())) ? 'marked' : unmarkedEnding(lines);
}

function evidenceIn(lines: readonly Line[]): ConfigEvidence {
  for (const { text } of lines) {
    const hostName = CONFIG_VERSION.exec(text.trim())?.[1];
    if (hostName !== undefined) return { ...NO_EVIDENCE, hostName };
  }
  return NO_EVIDENCE;
}

/** `set .path="value"`. A value cannot hold its quote: how it would be escaped was not seen. */
function assignment(line: Line): Occurrence {
  const { text } = line;
  const equals = text.indexOf('=');
  if (equals === -1) throw new FileRefused(line.number, '"=" behind the path', 'the end of the line');
  const key = pathIn(text.slice(text.indexOf('set') + 3, equals).trim(), line);
  const open = text.indexOf('"', equals);
  if (open === -1 || text.slice(equals + 1, open).trim() !== '') {
    throw new FileRefused(line.number, 'a value in double quotes', 'a value without');
  }
  const close = text.indexOf('"', open + 1);
  if (close === -1) throw new FileRefused(line.number, 'a closing double quote', characterName(''));
  if (text.slice(close + 1).trim() !== '')
    throw new FileRefused(line.number, 'the end of the line', 'text behind the value');
  return {
    key,
    label: key,
    value: text.slice(open + 1, close),
    line: line.number,
    secret: secretFormOf(key.slice(key.lastIndexOf('.') + 1)),
    start: line.start + open + 1,
    end: line.start + close,
    from: line.start,
    to: line.next,
  };
}

function pathIn(text: string, line: Line): ConfigKey {
  if (PATH.test(text)) return text;
  throw new FileRefused(line.number, 'a path from the root, such as .sip.profile.1.reg_expiry', quotedText(text));
}

export function isVegaPath(key: ConfigKey): boolean {
  return PATH.test(key) && key !== '.';
}
