export {
  type AskedToken,
  grantedScope,
  type OauthErrorCode,
  type OauthRefusal,
  readTokenRequest,
} from './client-credentials.ts';
export {
  hintOf,
  kindOfToken,
  TOKEN_IN_TEXT,
  TOKEN_PREFIX,
  TOKEN_RANDOM_BYTES,
  tokenFrom,
  type TokenKind,
} from './form.ts';
export {
  isForTokens,
  knownRights,
  placesOfToken,
  rightsNotToGive,
  rightsOfToken,
  TOKEN_DAYS_DEFAULT,
  TOKEN_DAYS_MAX,
  tokenEnd,
  tokenState,
  type TokenState,
} from './rules.ts';
