import type { CliDialect, CliDocument, CliStructure } from '../cli/cli-document.ts';
import type { CommandKeys } from '../cli/command-keys.ts';
import { incrementalCli } from '../cli/incremental-cli.ts';
import { scanCli } from '../cli/scan-cli.ts';
import { createInCli, removeFromCli, rewriteInCli } from '../cli/write-cli.ts';
import { defineFormat } from '../engine/define-format.ts';
import { NO_EVIDENCE, type Scan } from '../engine/document.ts';
import { type Line, linesOf, unmarkedEnding } from '../engine/lines.ts';
import type { SourceText } from '../engine/source-text.ts';
import { secretFormOf } from '../engine/values.ts';
import type { ConfigEvidence, ConfigFormat } from '../format.ts';
import { FORMAT_NAMES } from '../signatures.ts';
import { SMARTWARE_COMMAND_KEYS, TRINITY_COMMAND_KEYS } from './patton-keys.ts';

/** SmartWare R6: the first command is `cli version 3.20`. */
export const pattonSmartware: ConfigFormat<CliDocument> = pattonFormat('patton-smartware', SMARTWARE_COMMAND_KEYS);

/** Trinity: the first command is `cli version 4.00`. Commands of the one are not valid on the other. */
export const pattonTrinity: ConfigFormat<CliDocument> = pattonFormat('patton-trinity', TRINITY_COMMAND_KEYS);

/**
 * Configuration of a Patton SmartNode: commands in blocks by indentation. A startup configuration replaces all; blocks
 * that begin twice define first and start later, so the order of a file is kept.
 */
function pattonFormat(id: 'patton-smartware' | 'patton-trinity', keys: CommandKeys): ConfigFormat<CliDocument> {
  const dialect: CliDialect = {
    keys,
    remark: '#',
    blockEnd: '',
    indent: '  ',
    // What is used stands before what uses it.
    order: [
      'cli',
      'clock',
      'profile',
      'context ip',
      'context cs',
      'authentication-service',
      'location-service',
      'context sip-gateway',
      'port',
    ],
    defaultCommand: null,
    reserved: ['cli', 'exit', 'end'],
    secretOf: secretFormOf,
  };
  return defineFormat<CliStructure>({
    id,
    name: FORMAT_NAMES[id],
    absentMeans: 'default',
    separators: [' > '],
    scan: (source) => scan(dialect, source),
    write: (document, { key }, value) => rewriteInCli(dialect, document, key, value),
    create: (document, creations) => createInCli(dialect, document, creations),
    remove: (document, removed) => removeFromCli(dialect, document, removed),
    // The first line tells both dialects apart, also in a file that is merged.
    incremental: (changes, { document }) => {
      const version = document?.structure.roots[0]?.text ?? `cli version ${id === 'patton-trinity' ? '4.00' : '3.20'}`;
      return [version, ...incrementalCli(dialect, changes, document), ''].join('\n');
    },
  });
}

function scan(dialect: CliDialect, source: SourceText): Scan<CliStructure> {
  const lines = linesOf(source.text);
  const isRemark = ({ text }: Line) => text.trimStart().startsWith('#');
  const statements = lines
    .filter((line) => line.text.trim() !== '' && !isRemark(line))
    .map((line) => ({ line, next: line.next }));
  return {
    ...scanCli(dialect, statements, null),
    ending: unmarkedEnding(lines),
    evidence: evidenceIn(lines.filter(isRemark)),
  };
}

/**
 * Remarks before the commands of a SmartWare unit, each in a box of `#` (Patton, SmartWare Software Configuration Guide):
 * `# SN4118/JS/EUI #`, `# R6.2 2012-05-30 H323 SIP #`, `# SN/00A0BA012345 #` with the MAC address as serial number.
 */
function evidenceIn(remarks: readonly Line[]): ConfigEvidence {
  let evidence: ConfigEvidence = NO_EVIDENCE;
  for (const { text } of remarks) {
    const word = /^\s*#\s*(\S{1,60})/.exec(text)?.[1] ?? '';
    const mac = /^SN\/([0-9A-Fa-f]{12})$/.exec(word)?.[1];
    if (mac !== undefined) evidence = { ...evidence, serial: mac, mac: mac.toLowerCase() };
    else if (/^SN\d/.test(word)) evidence = { ...evidence, model: word };
    else if (/^R\d+\./.test(word)) evidence = { ...evidence, version: word };
  }
  return evidence;
}
