import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { inRoot, run, runCommand } from './lib/process.ts';

/**
 * Writes the text of LOOPSTART-MIB and its page in the documents:
 *
 *     npm run mib [-- --enterprise 32473]
 */
await runCommand(async () => {
  const { values } = parseArgs({ options: { enterprise: { type: 'string' } } });
  await run(process.execPath, [inRoot('node_modules/.bin/tsc'), '-b', inRoot('packages/mib')]);
  const { DEFAULT_ENTERPRISE, mibPage, mibText } = await import('@loopstart/mib');
  const enterprise = Number(values.enterprise ?? DEFAULT_ENTERPRISE);
  if (!Number.isInteger(enterprise) || enterprise < 1 || enterprise > 0xffff_ffff)
    throw new Error('--enterprise takes a private enterprise number, such as 32473.');
  for (const [path, text] of [
    ['infra/snmp/LOOPSTART-MIB.mib', mibText(enterprise)],
    ['docs/mib.md', mibPage(enterprise)],
  ] as const) {
    writeFileSync(inRoot(path), text);
    process.stdout.write(`${path} written\n`);
  }
});
