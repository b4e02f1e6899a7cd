export * from './countries.ts';
export * from './gate.ts';
export * from './required-paths.ts';
