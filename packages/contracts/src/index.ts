export * from './agent/columns.ts';
export * from './agent/compiled.ts';
export * from './agent/enrol.ts';
export * from './agent/inventory.ts';
export * from './agent/messages.ts';
