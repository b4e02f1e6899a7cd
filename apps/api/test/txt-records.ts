import type { INestApplication } from '@nestjs/common';
import { TxtRecords } from '../src/identity/sso/domains/txt-records.ts';

/** TXT records of the domains of tests; null, and a domain that is not here: DNS does not answer. */
export const TXT = new Map<string, string[] | null>();

/** No test asks a real resolver. `afresh`: nothing of what other files have said is left. */
export function answerByTable(app: INestApplication, { afresh }: { afresh: boolean }): void {
  if (afresh) TXT.clear();
  app.get(TxtRecords, { strict: false }).of = (domain) => Promise.resolve(TXT.get(domain) ?? null);
}
