export { readBackup } from './read-backup.ts';
export { restoreBackup } from './restore.ts';
export { writeBackup } from './write-backup.ts';
