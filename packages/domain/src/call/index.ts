export * from './vocabulary.ts';
export * from './call-event.ts';
export * from './call-progress.ts';
export * from './merge-call.ts';
export * from './call-port.ts';
export * from './quality-band.ts';
