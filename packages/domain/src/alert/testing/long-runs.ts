import { inject } from 'vitest';

declare module 'vitest' {
  export interface ProvidedContext {
    longRuns: boolean;
  }
}

/** Whether simulations and properties have more runs than all tests together have time for: `npm run bench -- long-runs`. */
export const LONG_RUNS: boolean = inject('longRuns') === true;
