import type { z } from 'zod';
import { readFileIfPresent, writeFileAtomic } from './atomic-file.ts';

/** An invalid file: names the file and the invalid key. */
export class FileContentError extends Error {
  override readonly name = 'FileContentError';
}

/**
 * Reads a JSON file by a schema; null when there is none. Throws FileContentError with the path of the invalid key,
 * never with its value.
 */
export async function readJsonFile<T>(path: string, schema: z.ZodType<T>): Promise<T | null> {
  const text = await readFileIfPresent(path);
  if (text === null) return null;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    // The parser's own message quotes the text, which may contain passphrases.
    const where = /position (\d+)/.exec(String(error))?.[1];
    throw new FileContentError(`${path}: not JSON${where === undefined ? '' : ` (at character ${where})`}`);
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join('.') || '(the whole file)'}: ${issue.message}`);
  throw new FileContentError(`${path}: ${problems.join('; ')}`);
}

/** Writes a JSON file so that it is complete at any instant; only its owner can read it. */
export function writeJsonFile(path: string, value: unknown): Promise<void> {
  return writeFileAtomic(path, `${JSON.stringify(value, null, 2)}\n`);
}
