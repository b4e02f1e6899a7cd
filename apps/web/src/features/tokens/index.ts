export { tokensQuery } from './queries.ts';
export { TokensPage } from './tokens-page.tsx';
