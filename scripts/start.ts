import { build } from './build.ts';
import { runCommand } from './lib/process.ts';
import { readOptions, USAGE } from './stack/options.ts';
import { preflight } from './stack/preflight.ts';

await runCommand(async () => {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options.help) return void process.stdout.write(USAGE);
  await preflight(options);
  await build();
  // Imported late: it needs what the build makes.
  const { runStack } = await import('./stack/run-stack.ts');
  await runStack(options);
});
