export { FactorSection } from './factor-section.tsx';
export { ownFactorsQuery } from './queries.ts';
