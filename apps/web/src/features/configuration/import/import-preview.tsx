import type { ConfigImportPreview } from '@loopstart/contracts';
import type { ReactNode } from 'react';
import { t } from '../../../messages/configuration-import.ts';
import { t as configuration } from '../../../messages/configuration.ts';
import { Moment } from '../../../ui/moment.tsx';
import { SeverityLabel } from '../../../ui/severity-label.tsx';
import { KeyChanges } from '../gateway/key-changes.tsx';
import { labelOf } from '../setting/setting-words.ts';
import { shownWords } from '../setting/value-change.tsx';

/** What an import would set, what it leaves as it is, and what it cannot read, each with the reason. `nothing`: said where it sets nothing. */
export function ImportPreview({ preview, nothing }: { preview: ConfigImportPreview; nothing: string }) {
  const { edits, given, blocked, unread, kept, changes, notes } = preview;
  return (
    <div className="flex flex-col gap-4">
      <p className="text-sm text-ink-2">
        {preview.formatName}
        {preview.readAt !== null && (
          <>
            {' · '}
            <Moment at={preview.readAt} siteZone={null} />
          </>
        )}
      </p>
      {preview.unit === 'not-told' && <SeverityLabel severity="minor">{t('unitNotTold')}</SeverityLabel>}
      {!preview.isEndMarked && <SeverityLabel severity="minor">{t('endNotMarked')}</SeverityLabel>}
      {edits.length === 0 && <SeverityLabel severity="ok">{nothing}</SeverityLabel>}
      <Part title={t('found', { count: edits.length })} count={edits.length} isOpen>
        {edits.map(({ field, position, value, action }) => (
          <Row key={`${field} ${position}`} what={placed(field, position)}>
            {action === 'unmanage' ? t('leftAlone') : shownWords(field, value)}
          </Row>
        ))}
      </Part>
      <Part title={t('changes', { count: changes.length })} count={changes.length} isOpen>
        {changes.map(({ field, position, keys }, at) => (
          <li key={at} className="text-sm">
            {placed(field, position)}
            <KeyChanges keys={keys} />
          </li>
        ))}
      </Part>
      <Part title={t('blocked', { count: blocked.length })} count={blocked.length} isOpen>
        {blocked.map(({ field, position, value, reason }) => (
          <Row key={`${field} ${position}`} what={placed(field, position)}>
            {shownWords(field, value)}: {reason}
          </Row>
        ))}
      </Part>
      <Part title={t('unread', { count: unread.length })} count={unread.length}>
        {unread.map(({ field, position, reason }, at) => (
          <Row key={at} what={placed(field, position)}>
            {reason}
          </Row>
        ))}
      </Part>
      <Part title={t('given', { count: given.length })} count={given.length}>
        {given.map(({ field, position, value, origin }) => (
          <Row key={`${field} ${position}`} what={placed(field, position)}>
            {shownWords(field, value)} · {configuration.group('layers')[origin.layer]}
          </Row>
        ))}
      </Part>
      <Part title={t('kept', { count: kept.length })} count={kept.length}>
        {kept.map(({ key, line, value, isSecret }) => (
          <li key={key} className="font-mono text-xs wrap-anywhere">
            {t('keyOfLine', { line, key })} {isSecret ? t('hidden') : value}
          </li>
        ))}
      </Part>
      <Part title={t('notes', { count: notes.length })} count={notes.length}>
        {notes.map(({ line, text }, at) => (
          <li key={at} className="text-sm wrap-anywhere">
            {line === null ? text : t('noteOfLine', { line, text })}
          </li>
        ))}
      </Part>
    </div>
  );
}

function Part(props: { title: string; count: number; isOpen?: true; children: ReactNode }) {
  if (props.count === 0) return null;
  return (
    <details open={props.isOpen === true}>
      <summary className="cursor-pointer text-sm font-medium">{props.title}</summary>
      <ul className="mt-2 flex max-h-64 flex-col gap-1.5 overflow-y-auto">{props.children}</ul>
    </details>
  );
}

function Row({ what, children }: { what: string; children: ReactNode }) {
  return (
    <li className="text-sm">
      <span className="block text-ink-2">{what}</span>
      <span className="block wrap-anywhere">{children}</span>
    </li>
  );
}

function placed(field: string | null, position: number | null): string {
  const setting = field === null ? t('profileOfPort') : labelOf(field);
  return position === null ? setting : configuration('settingOfPort', { setting, position });
}
