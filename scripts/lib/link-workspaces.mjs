import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/**
 * Links the packages of this repository into node_modules, as an installation does: a pull that brings a new package then
 * needs none.
 */
export function linkWorkspaces(root) {
  for (const folder of ['packages', 'apps'])
    for (const entry of readdirSync(join(root, folder))) {
      const manifest = join(root, folder, entry, 'package.json');
      if (!existsSync(manifest)) continue;
      const link = join(root, 'node_modules', JSON.parse(readFileSync(manifest, 'utf8')).name);
      if (existsSync(link)) continue;
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(relative(dirname(link), join(root, folder, entry)), link);
    }
}
