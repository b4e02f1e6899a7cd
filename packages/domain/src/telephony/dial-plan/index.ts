export * from './automaton.ts';
export * from './evaluate.ts';
export * from './keys.ts';
export * from './machine.ts';
export * from './parse-pattern.ts';
export * from './pattern.ts';
export * from './plan.ts';
export * from './regular.ts';
