export { TokenRepository } from './token.repository.ts';
export { LIVE_TOKENS_MAX, TokenService, TOKENS_ENDED_MS } from './token.service.ts';
export { toToken } from './token-view.ts';
export { TokensModule } from './tokens.module.ts';
