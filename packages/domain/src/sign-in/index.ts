export * from './methods.ts';
export * from './standing.ts';
