import type { SignOnRefusal } from '@loopstart/domain';
import type { OidcFailure } from './oidc-error.ts';

/** A sign-in that ends here. The reason is for the person and the trail; the message for the log. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly reason: SignOnRefusal;
  /** The member whom it is about, where that is known. */
  readonly userId: string | null;

  constructor(reason: SignOnRefusal, { userId = null, cause }: { userId?: string | null; cause?: unknown } = {}) {
    super(`sign-in refused: ${reason}`, { cause });
    this.reason = reason;
    this.userId = userId;
  }
}

/** What of a provider's failure the person is told. */
export const REFUSAL_OF: Record<OidcFailure, SignOnRefusal> = {
  unreachable: 'provider-unreachable',
  answer: 'provider-answer',
  issuer: 'provider-answer',
  client: 'provider-client',
  refused: 'provider-refused',
};
