import { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import type { AuditFileLine, AuditHead } from '@loopstart/contracts';
import type { ChainEntry } from '@loopstart/domain';
import type { ChainFrame, StoredHead } from './chain.repository.ts';
import type { PublishedKey } from './head-key.ts';

interface About {
  operatorId: string;
  exportedAt: string;
  complete: boolean;
  keys: PublishedKey[];
}

/** The lines of an exported trail, so many entries at once as are read at once. */
export async function* auditFileLines(
  { operatorId, exportedAt, complete, keys }: About,
  { anchor, end, heads }: Pick<ChainFrame, 'anchor' | 'end' | 'heads'>,
  batches: AsyncIterable<readonly ChainEntry[]>,
): AsyncGenerator<string> {
  let entries = 0;
  yield line({ type: 'loopstart-audit', version: 1, operatorId, exportedAt, complete, anchor, keys });
  for (const head of heads) yield line({ type: 'head', ...sentHead(head) });
  for await (const batch of batches) {
    entries += batch.length;
    yield batch.map((entry) => line(entryLine(entry))).join('');
  }
  yield line({ type: 'end', entries, ...end });
}

export const sentHead = (head: StoredHead): AuditHead => ({ ...head, signature: head.signature.toString('base64') });

export function entryLine(entry: ChainEntry): AuditFileLine & { type: 'entry' } {
  const { before, change } = entry.details.value;
  return {
    type: 'entry',
    ...entry,
    details: { ...entry.details, value: { change: { ...change }, before: before && { ...before } } },
  };
}

const line = (value: AuditFileLine): string => `${JSON.stringify(value)}\n`;

/** A file that the browser saves. */
export function ndjsonFile(name: string, lines: AsyncIterable<string>): StreamableFile {
  return new StreamableFile(Readable.from(lines, { objectMode: false }), {
    type: 'application/x-ndjson; charset=utf-8',
    disposition: `attachment; filename="${name}.ndjson"`,
  });
}
