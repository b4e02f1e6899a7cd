import type { CliStatement } from '../cli/block-tree.ts';
import type { CliDialect, CliDocument, CliStructure } from '../cli/cli-document.ts';
import { wordsOf } from '../cli/command-keys.ts';
import { incrementalCli } from '../cli/incremental-cli.ts';
import { scanCli } from '../cli/scan-cli.ts';
import { createInCli, removeFromCli, rewriteInCli } from '../cli/write-cli.ts';
import { defineFormat } from '../engine/define-format.ts';
import { NO_EVIDENCE, type Scan } from '../engine/document.ts';
import { type Line, linesOf, unmarkedEnding } from '../engine/lines.ts';
import { FileRefused } from '../engine/refusals.ts';
import type { SourceText } from '../engine/source-text.ts';
import { secretFormOf } from '../engine/values.ts';
import type { ConfigFormat, SecretForm } from '../format.ts';
import { FORMAT_NAMES } from '../signatures.ts';
import { IOS_COMMAND_KEYS } from './ios-keys.ts';

const IOS: CliDialect = {
  keys: IOS_COMMAND_KEYS,
  remark: '!',
  blockEnd: '!',
  indent: ' ',
  order: [
    'hostname',
    'enable',
    'username',
    'card',
    'voice',
    'interface',
    'ip',
    'snmp-server',
    'voice-port',
    'dial-peer',
    'gateway',
    'sip-ua',
    'line',
    'ntp',
  ],
  defaultCommand: 'default',
  reserved: ['banner', 'end', 'exit', 'default', 'do'],
  secretOf,
};

/** `password 7 …` is reversible, 5, 8 and 9 are hashes that differ at each entry: none can be compared. */
const MADE_OF_SECRET = /(?:^| )(?:password|secret|key) [5-9] /;

/** Printed before the configuration by `show`, changing by itself, or no setting (`default` undoes one). */
const NOISE = /^(?:Building configuration|Current configuration ?:|Using \d+ out of|ntp clock-period |default )/;

/**
 * Running configuration of Cisco IOS and IOS-XE: commands, in blocks by one space of indentation. The whole text is for
 * `configure replace`, which gives what is absent its default; the commands of `incremental` are for a merge.
 */
export const ciscoIos: ConfigFormat<CliDocument> = defineFormat<CliStructure>({
  id: 'cisco-ios',
  name: FORMAT_NAMES['cisco-ios'],
  absentMeans: 'default',
  separators: [' > '],
  scan,
  write: (document, { key }, value) => rewriteInCli(IOS, document, key, value),
  create: (document, creations) => createInCli(IOS, document, creations),
  remove: (document, removed) => removeFromCli(IOS, document, removed),
  incremental: (changes, { document }) => [...incrementalCli(IOS, changes, document), 'end', ''].join('\n'),
});

function secretOf(command: string): SecretForm {
  if (MADE_OF_SECRET.test(command)) return 'opaque';
  return secretFormOf(command);
}

function scan(source: SourceText): Scan<CliStructure> {
  const lines = linesOf(source.text);
  const { statements, end } = statementsOf(lines);
  const { occurrences, notes, structure } = scanCli(IOS, statements, end?.start ?? null);
  const valueOf = (key: string) => occurrences.findLast((occurrence) => occurrence.key === key)?.value ?? null;
  return {
    occurrences,
    notes,
    ending: end === null ? unmarkedEnding(lines) : 'marked',
    evidence: { ...NO_EVIDENCE, hostName: valueOf('hostname'), version: valueOf('version') },
    structure,
  };
}

function statementsOf(lines: readonly Line[]): { statements: CliStatement[]; end: Line | null } {
  const statements: CliStatement[] = [];
  let end: Line | null = null;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at];
    const text = line?.text.trim() ?? '';
    if (line === undefined || text === '' || text.startsWith('!') || NOISE.test(text)) continue;
    if (end !== null) throw new FileRefused(line.number, 'the end of the file behind "end"', 'another command');
    if (line.text.trimEnd() === 'end') {
      end = line;
      continue;
    }
    const last = text.startsWith('banner ') ? bannerEnd(lines, at) : at;
    statements.push({ line, next: lines[last]?.next ?? line.next });
    at = last;
  }
  return { statements, end };
}

/** `banner motd ^C`: text up to the next line with the delimiter, which is shown as two characters. */
function bannerEnd(lines: readonly Line[], at: number): number {
  const line = lines[at];
  const [, , rest = ''] = wordsOf(line?.text ?? '');
  const delimiter = rest.startsWith('^') ? rest.slice(0, 2) : rest.slice(0, 1);
  if (delimiter === '') throw new FileRefused(line?.number ?? null, 'the delimiter of a banner', 'the end of the line');
  const first = line?.text.indexOf(delimiter) ?? 0;
  if (line?.text.includes(delimiter, first + delimiter.length) === true) return at;
  for (let end = at + 1; end < lines.length; end++) if (lines[end]?.text.includes(delimiter) === true) return end;
  throw new FileRefused(line?.number ?? null, `"${delimiter}" at the end of the banner`, 'the end of the file');
}
