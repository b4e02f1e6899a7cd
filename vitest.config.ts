import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Many files wait more than they compute: three at a time also on two cores, where the default is one. */
const maxWorkers = Math.max(3, availableParallelism() - 1);

/** Unit tests that replace modules or settings: nobody shares their worker. */
const ALONE = 'apps/web/**/*.alone.spec.{ts,tsx}';

/** Whether simulations and walks have their large numbers: `npm run bench -- long-runs`. */
const longRuns = process.env.LOOPSTART_LONG_RUNS === '1';

/** One level a project (of units two); `npm run test:<level>` runs one of them. */
export default defineConfig({
  test: {
    // On shared build machines alone, and what needs it is listed at the end as something to look at.
    retry: process.env.CI === 'true' ? 1 : 0,
    projects: [
      {
        test: {
          name: 'unit',
          maxWorkers,
          // Nothing here replaces modules: importing them once a worker and not once a file takes a third of the time.
          isolate: false,
          provide: { longRuns },
          include: [
            'packages/*/src/**/*.spec.ts',
            'apps/*/src/**/*.spec.ts',
            'apps/web/**/*.spec.{ts,tsx}',
            'scripts/**/*.spec.ts',
          ],
          exclude: [
            '**/node_modules/**',
            '**/dist/**',
            '**/.next/**',
            '**/*.medium.spec.ts',
            '**/*.api.spec.ts',
            '**/*.e2e.spec.ts',
            ALONE,
          ],
          testTimeout: 60_000,
        },
      },
      { test: { name: 'unit-alone', maxWorkers, include: [ALONE], exclude: ['**/node_modules/**', '**/.next/**'] } },
      {
        test: {
          name: 'medium',
          maxWorkers,
          include: ['apps/api/**/*.medium.spec.ts'],
          exclude: ['**/node_modules/**', '**/dist/**'],
          globalSetup: ['apps/api/test/global-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'api',
          maxWorkers,
          // Each test makes its own API on a database of its own, and nothing is replaced: the modules of the API are read once a
          // worker and not once a file, which costs five seconds of processor time.
          isolate: false,
          provide: { longRuns },
          include: ['apps/api/**/*.api.spec.ts'],
          exclude: ['**/node_modules/**', '**/dist/**'],
          globalSetup: ['apps/api/test/global-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'journeys',
          include: [
            'e2e/alerting.e2e.spec.ts',
            'e2e/configuration.e2e.spec.ts',
            'e2e/console.e2e.spec.ts',
            'e2e/incidents.e2e.spec.ts',
            'e2e/launcher.e2e.spec.ts',
            'e2e/looks.e2e.spec.ts',
            'e2e/readme.e2e.spec.ts',
            'e2e/single-sign-on.e2e.spec.ts',
          ],
          // Each file has a system of its own, on ports of its own.
          maxWorkers: 3,
          testTimeout: 180_000,
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['e2e/canaries.e2e.spec.ts', 'e2e/faults.e2e.spec.ts', 'e2e/identity.e2e.spec.ts'],
          // Each file has a system of its own, on ports of its own; `npm test` runs them beside the journeys.
          maxWorkers: 3,
          testTimeout: 180_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
