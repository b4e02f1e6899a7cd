export { LifeFields } from './life-fields.tsx';
export { tokensQuery } from './queries.ts';
export { addressesOf } from './token-form.ts';
export { TokensPage } from './tokens-page.tsx';
