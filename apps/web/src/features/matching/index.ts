export { matchDraftOf, type MatchDraft, matchOf, matchWords, nameOf, type Names, severityWords } from './match.ts';
export { KIND_OPTIONS, MatchFields, SEVERITY_OPTIONS } from './match-fields.tsx';
export * from './queries.ts';
export { SubjectField, SubjectsField } from './subject-fields.tsx';
export { TagsField } from './tags-field.tsx';
export { useNames } from './use-names.ts';
