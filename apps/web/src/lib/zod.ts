import { config } from 'zod';

/** Zod compiles schemas with `new Function` where it can; our Content Security Policy forbids that, so it need not try. */
export function keepZodFromEval(): void {
  config({ jitless: true });
}
