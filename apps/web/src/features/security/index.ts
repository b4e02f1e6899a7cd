export { signInPolicyQuery } from './queries.ts';
export { SecurityPage } from './security-page.tsx';
