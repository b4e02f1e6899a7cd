import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApiDocument } from '@loopstart/contracts';

/** Writes docs/openapi.json; a test fails while it is not what the contracts say. */
const file = join(import.meta.dirname, '../../../../docs/openapi.json');
writeFileSync(file, `${JSON.stringify(openApiDocument(), null, 2)}\n`);
process.stdout.write(`${file}\n`);
