import { cp, stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * `next build` leaves the files that browsers load outside the standalone folder. This puts them where
 * `.next/standalone/apps/web/server.js` serves them from. Run it after each build.
 */
const app = join(import.meta.dirname, '..');
const standalone = join(app, '.next/standalone/apps/web');

await stat(join(standalone, 'server.js')).catch(() => {
  throw new Error('There is no standalone build; run `next build` first.');
});
await cp(join(app, '.next/static'), join(standalone, '.next/static'), { recursive: true });
