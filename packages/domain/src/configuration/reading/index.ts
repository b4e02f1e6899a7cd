export {
  type DueRead,
  dueReads,
  type OpenRead,
  READ_CAUSES,
  type ReadableGateway,
  type ReadCause,
  READS_AT_ONCE,
  readSlot,
} from './due.ts';
