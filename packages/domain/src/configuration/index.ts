export * from './deployment/index.ts';
export * from './draft/index.ts';
export * from './drift/index.ts';
export * from './entries/index.ts';
export * from './review/index.ts';
export * from './import/index.ts';
export * from './reading/index.ts';
