import { createPublicKey } from 'node:crypto';
import { open } from 'node:fs/promises';
import { AuditFileLine } from '@loopstart/contracts';
import { type ChainBreak, type ChainVerdict, ChainVerifier } from '@loopstart/domain';
import { isSigned, keyId, type PublishedKey } from './head-key.ts';
import { sha256 } from './sha256.ts';

export type FileVerdict = ChainVerdict & {
  complete: boolean;
  /** Whether the file has its last line: else it was cut. */
  ended: boolean;
};

type Beginning = Extract<AuditFileLine, { type: 'loopstart-audit' }>;
type Head = Extract<AuditFileLine, { type: 'head' }>;

/** Verifies an exported file line by line with a public key (PEM). Throws an Error that names the line which is none. */
export async function verifyAuditFile(path: string, publicKeyPem: string): Promise<FileVerdict> {
  const publicKey = createPublicKey(publicKeyPem);
  const keys: PublishedKey[] = [{ id: keyId(publicKey), publicKey: publicKeyPem }];
  const file = await open(path);
  let beginning: Beginning | null = null;
  let verifier: ChainVerifier | null = null;
  let end: Extract<AuditFileLine, { type: 'end' }> | null = null;
  const heads: Head[] = [];
  let number = 0;
  for await (const text of file.readLines()) {
    number += 1;
    const line = parsed(text, number);
    if (end !== null) throw new Error(`Line ${number} comes after the end.`);
    if (line.type === 'loopstart-audit') {
      if (beginning !== null) throw new Error(`Line ${number} begins a second trail.`);
      beginning = line;
      continue;
    }
    if (beginning === null) throw new Error('The file does not begin as an exported audit trail.');
    if (line.type === 'head') heads.push(line);
    else {
      verifier ??= verifierOf(beginning, heads, keys);
      if (line.type === 'entry') verifier.take(line);
      else end = line;
    }
  }
  if (beginning === null) throw new Error('The file is empty.');
  verifier ??= verifierOf(beginning, heads, keys);
  return { ...verifier.finish(end), complete: beginning.complete, ended: end !== null };
}

function verifierOf(
  { operatorId, anchor, complete }: Beginning,
  heads: readonly Head[],
  keys: readonly PublishedKey[],
) {
  const checked = heads.map((head) => ({
    ...head,
    signed: isSigned(head, { keyId: head.keyId, signature: Buffer.from(head.signature, 'base64') }, keys),
  }));
  return new ChainVerifier(sha256, { operatorId, anchor, heads: checked, partial: !complete });
}

function parsed(text: string, number: number): AuditFileLine {
  try {
    return AuditFileLine.parse(JSON.parse(text));
  } catch (cause) {
    throw new Error(`Line ${number} is no line of an exported audit trail.`, { cause });
  }
}

const BREAK_WORDS: Record<ChainBreak['kind'], (found: ChainBreak) => string> = {
  missing: ({ seq, count }) => `Entries are missing: ${count} from number ${seq} on. They were deleted.`,
  changed: ({ seq }) => `Entry ${seq} is not as it was written: it was changed.`,
  moved: ({ seq }) => `Entry ${seq} does not follow the one before it: one of them was replaced or moved.`,
  'erased-without-record': ({ seq }) => `Parts of entry ${seq} were removed without an erasure on record.`,
  'end-missing': ({ seq, count }) => `The end is missing: ${count} entries from number ${seq} on were deleted.`,
  'not-chained': ({ count }) => `${count} entries have no place in the chain: they were added by other means.`,
  beginning: ({ seq }) => `No signature vouches for the deletion of the entries up to number ${seq}.`,
  'head-differs': ({ seq, at }) => `The head signed at ${at} has another entry ${seq}: the chain was written anew.`,
  'head-signature': ({ seq, at }) => `The head of ${at} (entry ${seq}) was not signed with this key.`,
};

/** A verdict in sentences for a person. */
export function sentencesOf(verdict: FileVerdict): string[] {
  const { entries, first, last, heads, breaks, breaksTotal, erased, complete, ended } = verdict;
  const span = first === null || last === null ? '' : `, ${first.at} to ${last.at}`;
  return [
    `${entries.toLocaleString('en')} entries${span}: ${breaksTotal === 0 ? (complete ? 'unbroken' : 'each as it was written') : `broken in ${breaksTotal} ${breaksTotal === 1 ? 'place' : 'places'}`}.`,
    `Signed heads: ${heads.matching} of ${heads.total} match.`,
    ...(erased === 0 ? [] : [`Parts of ${erased} entries were erased, as is on record.`]),
    ...(complete ? [] : ['The file has only entries that match filters: it cannot show that none is missing.']),
    ...(ended ? [] : ['The file has no last line: it was cut.']),
    ...breaks.map((found) => BREAK_WORDS[found.kind](found)),
    ...(breaksTotal > breaks.length ? [`… and ${breaksTotal - breaks.length} more.`] : []),
  ];
}
