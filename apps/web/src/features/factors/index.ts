export { EnrolFirst } from './enrol-first.tsx';
export { FactorSection } from './factor-section.tsx';
export { ProofDialog } from './proof-dialog.tsx';
export { ownFactorsQuery } from './queries.ts';
