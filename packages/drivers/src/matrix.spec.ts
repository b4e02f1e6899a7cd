import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { configMatrix } from './config-matrix.ts';
import { capabilityMatrix } from './matrix.ts';
import { procedureMatrix } from './procedure-matrix.ts';

const GUIDE = new URL('../../../docs/drivers.md', import.meta.url);

/** Without the padding, the wrapping and the rules of tables that a formatter adds. */
const content = (markdown: string) =>
  markdown
    .split('\n')
    .filter((line) => !/^[|\s:-]+$/.test(line))
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();

test('docs/drivers.md shows the capability matrix of the drivers (npm run driver:new -- --matrix prints it)', () => {
  const [, written = ''] = readFileSync(GUIDE, 'utf8').split('<!-- capability matrix -->');
  expect(content(written)).toBe(content(capabilityMatrix()));
});

test('docs/drivers.md shows how gateways are changed (npm run driver:new -- --procedure-matrix prints it)', () => {
  const [, written = ''] = readFileSync(GUIDE, 'utf8').split(/<!-- procedure matrix -->|## Capability matrix/);
  expect(content(written)).toBe(content(procedureMatrix()));
});

test('docs/drivers.md shows which settings are written (npm run driver:new -- --config-matrix prints it)', () => {
  const [, written = ''] = readFileSync(GUIDE, 'utf8').split(/<!-- configuration matrix -->|## How a change/);
  expect(content(written)).toBe(content(configMatrix()));
});
