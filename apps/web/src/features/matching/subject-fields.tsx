'use client';

import { MultiChoice } from '../../ui/multi-choice.tsx';
import { PickOne } from '../../ui/pick-one.tsx';
import { type SubjectKind, useSubjects, useSubjectWords } from './use-subjects.ts';

interface Common {
  kind: SubjectKind;
  legend: string;
  /** The path of the field in its schema. */
  name: string;
  error?: string | undefined;
}

/** One customer, site or gateway, however many there are. */
export function SubjectField(props: Common & { value: string; onChange: (id: string) => void }) {
  const { kind, legend, name, value, onChange, error } = props;
  const subjects = useSubjects(kind);
  const wordOf = useSubjectWords(kind, value === '' ? [] : [value]);
  return <PickOne {...subjects} {...{ legend, name, value, onChange, error }} word={wordOf(value)} />;
}

/** Several customers, sites or gateways, however many there are. */
export function SubjectsField(props: Common & { none: string; value: string[]; onChange: (ids: string[]) => void }) {
  const { kind, legend, name, none, value, onChange, error } = props;
  const { options, ...search } = useSubjects(kind);
  // Only these are named; the others are counted.
  const wordOf = useSubjectWords(kind, value.slice(0, 3));
  return (
    <MultiChoice
      {...{ legend, name, none, options, value, onChange, error }}
      search={{ ...search, wordOf: (id) => wordOf(id) ?? '…' }}
    />
  );
}
