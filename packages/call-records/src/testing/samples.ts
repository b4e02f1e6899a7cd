import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Records of real units that were published by others: read where they are, and never copied. */
const folder = join(import.meta.dirname, '../../../../../../shared/cdr-samples');
const besides = join(import.meta.dirname, '../../../../../shared/cdr-samples');

/** Lines of a file of real records; null where the samples are not beside the repository. */
export function sampleLines(file: string): string[] | null {
  const path = [folder, besides].map((place) => join(place, file)).find((one) => existsSync(one));
  return path === undefined
    ? null
    : readFileSync(path, 'utf8')
        .split('\n')
        .filter((line) => line.trim() !== '');
}
