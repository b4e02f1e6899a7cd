import { quotedText } from '../engine/source-text.ts';
import type { ConfigKey } from '../format.ts';

/** `Service.Scalar = "v"`, `Service.Table[Key=K].Column = "v"` */
export interface Assignment {
  readonly kind: 'assignment';
  readonly key: ConfigKey;
  readonly value: string;
  /** Of the value with its quotes, in the text of the line. */
  readonly start: number;
  readonly end: number;
}

/** `Service.InsertX Key=K`, `Service.Table.DeleteAllRows`, `Scm.RestartRequiredServices` */
export interface Command {
  readonly kind: 'command';
  /** With service and table. */
  readonly name: string;
  readonly argument: string;
}

export type Statement = Assignment | Command;

/** The statement of a line, or what is wrong with it. One pass from left to right. */
export function readStatement(line: string): Statement | { kind: 'wrong'; expected: string; found: string } {
  const from = line.length - line.trimStart().length;
  const path = pathEnd(line, from);
  if (path === null)
    return { kind: 'wrong', expected: 'a name, such as SipEp.UserAgent[EpId=Fxs1].Username', found: quotedText(line) };
  const name = line.slice(from, path);
  let at = path;
  while (line[at] === ' ' || line[at] === '\t') at += 1;
  if (line[at] !== '=') return { kind: 'command', name, argument: line.slice(at).trim() };
  at += 1;
  while (line[at] === ' ' || line[at] === '\t') at += 1;
  const value = line[at] === '"' ? quoted(line, at) : { text: line.slice(at).trim(), end: line.trimEnd().length };
  if (value === null) return { kind: 'wrong', expected: 'a closing double quote', found: 'the end of the line' };
  if (line.slice(value.end).trim() !== '')
    return { kind: 'wrong', expected: 'the end of the line', found: 'text behind the value' };
  return { kind: 'assignment', key: name, value: value.text, start: at, end: Math.max(at, value.end) };
}

/** Behind `Service.Name`, `Service.Table[…].Column` or `Service.Table.Command`; null: the line begins otherwise. */
function pathEnd(line: string, from: number): number | null {
  let at = wordEnd(line, from);
  let parts = at === from ? 0 : 1;
  while (parts > 0 && (line[at] === '.' || line[at] === '[')) {
    const next = line[at] === '[' ? line.indexOf(']', at) + 1 : wordEnd(line, at + 1);
    if (next <= at + 1) return null;
    parts += 1;
    at = next;
  }
  return parts < 2 ? null : at;
}

function wordEnd(line: string, from: number): number {
  let at = from;
  while (/^\w$/.test(line[at] ?? '')) at += 1;
  return at;
}

/** A backslash is the escape, as in `"\\1"`; before other characters than itself and the quote it stands for itself. */
function quoted(line: string, from: number): { text: string; end: number } | null {
  const parts: string[] = [];
  for (let at = from + 1; at < line.length; at++) {
    const [character = '', next = ''] = [line[at], line[at + 1]];
    if (character === '"') return { text: parts.join(''), end: at + 1 };
    const escaped = character === '\\' && (next === '\\' || next === '"');
    parts.push(escaped ? next : character);
    if (escaped) at += 1;
  }
  return null;
}
