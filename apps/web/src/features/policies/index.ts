export { PoliciesPage } from './policies-page.tsx';
export { NewPolicyPage, PolicyPage } from './policy-page.tsx';
export { policiesQuery, policyQuery } from './queries.ts';
