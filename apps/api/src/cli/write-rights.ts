import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rightsPage } from '@loopstart/domain';

/** Writes docs/rights.md; a test fails while it is not what the table of rights says. */
const file = join(import.meta.dirname, '../../../../docs/rights.md');
writeFileSync(file, rightsPage());
process.stdout.write(`${file}\n`);
