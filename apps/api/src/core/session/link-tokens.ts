import { createHash, createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config.ts';
import { ProblemError } from '../http/problem-error.ts';

/** The page of the console that a link opens. */
export type LinkPage = 'invitation' | 'reset' | 'confirm-email';

/** The key of a link in the database. */
export const hashOfLink = (token: string): Buffer => createHash('sha256').update(token).digest();

/** The problem of a link that worked once; the sentence says why it does not any more. */
export const linkOver = (detail: string): ProblemError => new ProblemError('link-over', { detail });

/**
 * Secrets of links. Each comes from a random id and the secret key of the installation, so that a mail that waits can be
 * written again, and nothing that is stored opens anything without the key.
 */
@Injectable()
export class LinkTokens {
  constructor(@Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL' | 'secretKeys'>) {}

  /** A new link: its id, its secret, and the hash, which alone is stored. */
  make(): { id: string; token: string; tokenHash: Buffer } {
    const id = crypto.randomUUID();
    const token = tokenBy(this.config.secretKeys()[0]!, id);
    return { id, token, tokenHash: hashOfLink(token) };
  }

  /** The secret of this id again. Throws where it was made with a key that is not there any more. */
  again(id: string, tokenHash: Uint8Array): string {
    for (const key of this.config.secretKeys()) {
      const token = tokenBy(key, id);
      if (hashOfLink(token).equals(tokenHash)) return token;
    }
    throw new Error('The link was made with another LOOPSTART_SECRET_KEY.');
  }

  /** The secret stands in the fragment, which browsers send to no server (RFC 9110, section 4.2.5). */
  url(page: LinkPage, token: string): string {
    return `${this.config.PUBLIC_URL.replace(/\/$/, '')}/${page}#${token}`;
  }
}

const tokenBy = (key: Buffer, id: string): string =>
  createHmac('sha256', key).update(`link\0${id}`).digest('base64url');
