#!/usr/bin/env node
// Nothing is imported here but the check: whatever is newer than the Node at hand is evaluated after it.
import { nodeProblem } from './core/node-version.ts';

const problem = nodeProblem(process.versions.node);
if (problem === null) await import('./program.ts');
else {
  process.stderr.write(`loopstart-agent: ${problem}\n`);
  process.exitCode = 1;
}
