'use client';

import { type ConfigEdit, endpoints } from '@loopstart/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api/browser.ts';
import { useInfiniteQuery } from '../../../lib/api/use-query.ts';
import { tell } from '../../../lib/errors/sentences.ts';
import { LINE_DEVICE_WORDS } from '../../../lib/words/port.ts';
import { t } from '../../../messages/configuration.ts';
import { Button } from '../../../ui/button.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { Section } from '../../../ui/section.tsx';
import { Empty, FailureNote } from '../../../ui/state-panel.tsx';
import type { Column } from '../../../ui/table/data-table.tsx';
import { ListTable } from '../../../ui/table/list-table.tsx';
import { Tag } from '../../../ui/tag.tsx';
import { editsQuery } from '../queries.ts';
import { labelOf } from '../setting/setting-words.ts';
import { shownWords, ValueChange } from '../setting/value-change.tsx';

const COLUMNS: Column<ConfigEdit>[] = [
  {
    id: 'setting',
    header: t('setting'),
    rowHeader: true,
    card: 'title',
    cell: ({ name, deviceClass, isStale }) => (
      <span className="flex flex-wrap items-center gap-2">
        {labelOf(name)}
        {deviceClass !== null && <Tag>{LINE_DEVICE_WORDS[deviceClass]}</Tag>}
        {isStale && <Tag tone="minor">{t('stale')}</Tag>}
      </span>
    ),
  },
  { id: 'place', header: t('place'), cell: ({ placeName }) => placeName },
  { id: 'change', header: t('change'), cell: (edit) => <EditChange edit={edit} /> },
  {
    id: 'who',
    header: t('who'),
    cell: ({ author, at }) => (
      <span className="text-sm text-ink-2">
        {author} · <Moment at={at} siteZone={null} />
      </span>
    ),
  },
];

const takeOutColumn = (refusal: string | null, takeOut: (editId: string) => void): Column<ConfigEdit> => ({
  id: 'actions',
  header: t('actions'),
  card: 'line',
  cell: ({ id }) => (
    <Button size="sm" disabledReason={refusal} onClick={() => takeOut(id)}>
      {t('takeBack')}
    </Button>
  ),
});

/** Every edit of a draft, with its author; each can be taken out while the draft is open. */
export function EditsSection(props: { draftId: string; isOpen: boolean; refusal: string | null }) {
  const { draftId, isOpen, refusal } = props;
  const list = useInfiniteQuery(editsQuery(draftId));
  const client = useQueryClient();
  const takeOut = useMutation({
    mutationFn: (editId: string) => call(endpoints.removeConfigEdit, { params: { draftId, editId } }),
    onSuccess: () => client.invalidateQueries(),
  });
  const columns = isOpen ? [...COLUMNS, takeOutColumn(refusal, takeOut.mutate)] : COLUMNS;
  return (
    <Section title={t('edits')} flush>
      {takeOut.error !== null && (
        <div className="p-4">
          <FailureNote told={tell(takeOut.error)} />
        </div>
      )}
      <ListTable
        list={list}
        what={t('editsLower')}
        caption={t('edits')}
        columns={columns}
        rowKey={({ id }) => id}
        empty={<Empty title={t('noEdits')}>{t('noEditsAbout')}</Empty>}
      />
    </Section>
  );
}

function EditChange({ edit }: { edit: ConfigEdit }) {
  const { name, action, value, replaces } = edit;
  const before = replaces === null ? t('notSetHere') : shownWords(name, replaces.value);
  const after = action === 'reset' ? t('notSetHere') : shownWords(name, action === 'unmanage' ? null : value);
  return <ValueChange before={before} after={after} />;
}
