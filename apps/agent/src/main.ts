#!/usr/bin/env node
// Only the check is imported statically: newer syntax than this Node's is evaluated after it.
import { nodeProblem } from './core/node-version.ts';

const problem = nodeProblem(process.versions.node);
if (problem === null) await import('./program.ts');
else {
  process.stderr.write(`loopstart-agent: ${problem}\n`);
  process.exitCode = 1;
}
