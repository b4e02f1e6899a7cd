export * from './emergency-hold.ts';
export * from './idleness.ts';
export * from './offers.ts';
export * from './permission.ts';
export * from './refusals.ts';
