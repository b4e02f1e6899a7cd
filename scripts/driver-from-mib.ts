/**
 * Prints the objects of MIB files as lines for a driver; `npm run driver:new -- --mib FILE` hands over to it. The first
 * file is the module that is printed, the others are those that it imports.
 */
import { moduleNameOf, readMibs } from '../packages/drivers/src/testing/mib-objects.ts';
import { mibSources } from '../packages/drivers/src/testing/mib-sources.ts';

const paths = process.argv.slice(2);
const [first] = paths;
try {
  if (first === undefined) throw new Error('Usage: npm run driver:new -- --mib FILE [IMPORTED-FILE…]');
  const { objects, leftOut } = readMibs(paths);
  for (const { name, lacks } of leftOut) process.stderr.write(`${name} is left out: it imports ${lacks.join(', ')}.\n`);
  // The parser has standard modules of its own; what remains is of the files given.
  const own = moduleNameOf(first);
  const found = objects.filter(({ module }) => module === own);
  if (found.length === 0) throw new Error(`${own} defines no object that could be read.`);
  process.stderr.write(
    `${own}: ${found.length} objects. Choose what the driver reads and give each word its meaning:\n\n`,
  );
  process.stdout.write(`${mibSources(found)}\n`);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
