import { defineConfig } from 'vitest/config';

/** The quick specs of the domain: with the long simulations every mutant would take a minute. */
export default defineConfig({
  test: {
    include: ['packages/domain/src/**/*.spec.ts'],
    exclude: ['**/*.sim.spec.ts', '**/*.property.spec.ts', '**/node_modules/**', '**/dist/**'],
    testTimeout: 10_000,
  },
});
