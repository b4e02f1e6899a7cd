export {
  type ImportEdit,
  type ImportedValue,
  type ImportPlan,
  leaveAlone,
  planImport,
  type ResolveWith,
} from './plan-import.ts';
