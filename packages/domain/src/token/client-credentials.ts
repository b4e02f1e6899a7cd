/** Errors of a token request (RFC 6749, section 5.2). */
export type OauthErrorCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'invalid_scope';

export interface OauthRefusal {
  error: OauthErrorCode;
  description: string;
}

/** A token request as it arrived: the Authorization header and the parameters of the body, each with all its values. */
export interface TokenRequest {
  authorization: string | undefined;
  parameters: Readonly<Record<string, string | readonly string[]>>;
  /** Decodes base64 to text; an argument, since this package imports nothing. */
  decodeBase64: (text: string) => string;
}

export interface AskedToken {
  clientId: string;
  clientSecret: string;
  /** Names of rights; null: all that the client has. */
  scope: string[] | null;
}

const NAMES = ['grant_type', 'scope', 'client_id', 'client_secret'];

/** Reads a request for an access token by client credentials (RFC 6749, sections 2.3.1 and 4.4.2). */
export function readTokenRequest({ authorization, parameters, decodeBase64 }: TokenRequest): AskedToken | OauthRefusal {
  const refuse = (error: OauthErrorCode, description: string): OauthRefusal => ({ error, description });
  const twice = NAMES.find((name) => typeof (parameters[name] ?? '') !== 'string');
  if (twice !== undefined) return refuse('invalid_request', `The parameter ${twice} is given twice.`);
  const parameter = (name: string): string | null => {
    const value = parameters[name];
    // An empty value counts as absent (section 3.2).
    return typeof value === 'string' && value !== '' ? value : null;
  };
  const grant = parameter('grant_type');
  if (grant === null) return refuse('invalid_request', 'The parameter grant_type is missing.');
  if (grant !== 'client_credentials')
    return refuse('unsupported_grant_type', 'The only grant type is client_credentials.');
  const inBody = { clientId: parameter('client_id'), clientSecret: parameter('client_secret') };
  const scope =
    parameter('scope')
      ?.split(' ')
      .filter((name) => name !== '') ?? null;
  if (authorization !== undefined) {
    const basic = readBasic(authorization, decodeBase64);
    if (basic === null) return refuse('invalid_client', 'The Authorization header is not of the scheme Basic.');
    if (inBody.clientSecret !== null) return refuse('invalid_request', 'The client authenticates in two ways at once.');
    if (inBody.clientId !== null && inBody.clientId !== basic.clientId)
      return refuse('invalid_request', 'The client_id is another than that of the Authorization header.');
    return { ...basic, scope };
  }
  if (inBody.clientId === null || inBody.clientSecret === null)
    return refuse('invalid_client', 'The client shows no client_id and client_secret.');
  return { clientId: inBody.clientId, clientSecret: inBody.clientSecret, scope };
}

/** Id and secret of HTTP Basic, each form-urlencoded first (RFC 6749, section 2.3.1); null where it is none. */
function readBasic(header: string, decodeBase64: (text: string) => string) {
  const encoded = /^basic +([A-Za-z0-9+/]+=*)$/iu.exec(header.trim())?.[1];
  if (encoded === undefined) return null;
  const [, id, secret] = /^([^:]*):(.*)$/su.exec(decodeBase64(encoded)) ?? [];
  if (id === undefined || secret === undefined) return null;
  try {
    const decoded = (text: string) => decodeURIComponent(text.replaceAll('+', ' '));
    return { clientId: decoded(id), clientSecret: decoded(secret) };
  } catch {
    return null;
  }
}

/** The rights of an access token: those asked for, all of which the client must have; null where it lacks one. */
export function grantedScope(asked: readonly string[] | null, client: Iterable<string>): string[] | null {
  const has = [...client];
  if (asked === null) return has;
  return asked.length > 0 && asked.every((name) => has.includes(name)) ? [...new Set(asked)] : null;
}
