import type { z } from 'zod';
import { readFileIfPresent, writeFileAtomic } from './atomic-file.ts';

/** A file that is not as it should be: names the file and the key at fault. */
export class FileContentError extends Error {
  override readonly name = 'FileContentError';
}

/**
 * Reads a JSON file by a schema; null when there is none.
 * Throws FileContentError with the path of the key at fault, never with its value.
 */
export async function readJsonFile<T>(path: string, schema: z.ZodType<T>): Promise<T | null> {
  const text = await readFileIfPresent(path);
  if (text === null) return null;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    // The parser's own words quote the text, which may hold passphrases.
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

/** Writes a JSON file so that it is whole at any instant; readable by its owner only. */
export function writeJsonFile(path: string, value: unknown): Promise<void> {
  return writeFileAtomic(path, `${JSON.stringify(value, null, 2)}\n`);
}
