export * from './factors.ts';
export * from './methods.ts';
export * from './passkey.ts';
export * from './policy.ts';
export * from './standing.ts';
