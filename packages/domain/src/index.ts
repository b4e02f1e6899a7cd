export * from './action/disturbable.ts';
export * from './health/port-health.ts';
export * from './health/severity.ts';
export * from './line/vocabulary.ts';
export * from './telemetry/cursor.ts';
export * from './telemetry/fields.ts';
export * from './telemetry/freshness.ts';
