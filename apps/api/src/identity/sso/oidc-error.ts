import {
  AuthorizationResponseError,
  ClientError,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client';
import { BlockedError } from '../../core/egress/target.ts';

/**
 * What failed at a provider. `unreachable`: no answer, or none that may be asked for. `answer`: not what OpenID Connect asks for.
 * `issuer`: it names itself otherwise. `client`: it does not take client id or secret. `refused`: it refused the person.
 */
export type OidcFailure = 'unreachable' | 'answer' | 'issuer' | 'client' | 'refused';

/** The provider did not do its part. The message is one sentence for people, and has no secret. */
export class OidcError extends Error {
  override readonly name = 'OidcError';
  readonly failure: OidcFailure;

  constructor(failure: OidcFailure, message: string, cause?: unknown) {
    super(message, { cause });
    this.failure = failure;
  }
}

/** What the library or the connection threw, as what failed. */
export function oidcErrorOf(error: unknown): OidcError {
  if (error instanceof OidcError) return error;
  const blocked = chain(error).find((one) => one instanceof BlockedError);
  if (blocked !== undefined) return new OidcError('unreachable', blocked.message, error);
  if (error instanceof AuthorizationResponseError)
    return new OidcError('refused', `The provider answers ${plain(error.error)}.`, error);
  if (error instanceof ResponseBodyError) return ofAnswer(error.error, error.status, error);
  if (error instanceof WWWAuthenticateChallengeError)
    return new OidcError('client', `The provider refuses the client with status ${error.status}.`, error);
  const code = networkCodeOf(error);
  if (code === null && error instanceof ClientError) return ofLibrary(error);
  return new OidcError('unreachable', `The provider does not answer${code === null ? '' : ` (${code})`}.`, error);
}

/** The code of the system or of TLS, such as ECONNREFUSED or CERT_HAS_EXPIRED; null: it is no error of a connection. */
function networkCodeOf(error: unknown): string | null {
  const codes = chain(error).map((one) => (one as { code?: unknown }).code);
  const found = codes.find((code) => typeof code === 'string' && /^(?!OAUTH_)[A-Z][A-Z_0-9]+$/.test(code));
  return typeof found === 'string' ? found : null;
}

function ofAnswer(code: string, status: number, cause: unknown): OidcError {
  if (code === 'invalid_client' || code === 'unauthorized_client')
    return new OidcError('client', `The provider does not take the client id or secret (${code}).`, cause);
  return new OidcError('answer', `The provider answers ${plain(code)} with status ${status}.`, cause);
}

function ofLibrary(error: ClientError): OidcError {
  const inner = chain(error);
  const isIssuer = inner.some(({ cause }) => (cause as { attribute?: string } | undefined)?.attribute === 'issuer');
  if (isIssuer) return new OidcError('issuer', 'The provider names itself otherwise than this issuer.', error);
  return new OidcError('answer', `The answer of the provider is not valid: ${error.message}.`, error);
}

/** An error with its causes. */
function chain(error: unknown): Error[] {
  const found: Error[] = [];
  for (let one = error; one instanceof Error && found.length < 10; one = one.cause) found.push(one);
  return found;
}

/** A code of a provider, safe to show. */
const plain = (code: string): string => code.replaceAll(/[^\w.-]/g, '').slice(0, 60) || 'an error without a code';
