import { Resolver } from 'node:dns/promises';
import { Injectable } from '@nestjs/common';

const TIMEOUT_MS = 5_000;
/** DNS says by these that a name, or a record of this type, does not exist (RFC 2308). Anything else is no answer. */
const MISSING = new Set(['ENOTFOUND', 'ENODATA']);

/** The TXT records of domains, as DNS says. */
@Injectable()
export class TxtRecords {
  /** The records, each in one piece; null: DNS did not answer, which says nothing about them. */
  async of(domain: string): Promise<string[] | null> {
    const dns = new Resolver({ timeout: TIMEOUT_MS, tries: 2 });
    try {
      return (await dns.resolveTxt(domain)).map((chunks) => chunks.join(''));
    } catch (error) {
      return MISSING.has((error as { code?: string }).code ?? '') ? [] : null;
    }
  }
}
