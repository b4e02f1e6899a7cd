export * from './methods.ts';
export * from './policy.ts';
export * from './standing.ts';
