export * from './compare.ts';
export * from './facts.ts';
export { type ExpectedGateway, identityOf, plainMac } from './identity.ts';
export { compareLines, type LinesResult } from './lines.ts';
export { mayLeave, step as stepApply } from './machine.ts';
export * from './reasons.ts';
export * from './state.ts';
export { verdict as applyVerdict, type VerdictFacts } from './verdict.ts';
