export { narrowTo } from './narrow-to.ts';
export type { NotTakenOver } from './read-file.ts';
export { stillChanges, type StillChanges } from './still-changes.ts';
export { takeOver, type TakenOver } from './take-over.ts';
