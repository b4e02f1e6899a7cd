export { stillChanges, type StillChanges } from './still-changes.ts';
export { type KeptKey, type NotTakenOver, takeOver, type TakenOver } from './take-over.ts';
