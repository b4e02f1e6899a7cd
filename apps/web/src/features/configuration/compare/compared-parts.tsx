import type { EffectiveConfig } from '@loopstart/contracts';
import Link from 'next/link';
import { LINE_DEVICE_WORDS } from '../../../lib/words/port.ts';
import { t } from '../../../messages/config-compare.ts';
import { t as configuration } from '../../../messages/configuration.ts';
import { Section } from '../../../ui/section.tsx';
import { Empty } from '../../../ui/state-panel.tsx';
import { type Column, DataTable } from '../../../ui/table/data-table.tsx';
import { labelOf } from '../setting/setting-words.ts';
import { shownWords } from '../setting/value-change.tsx';
import { compareGateways, type ComparedPart, type ComparedSetting, isWorthShowing } from './compare-settings.ts';

/** Two gateways part by part: themselves, then each port that has something to show. */
export function ComparedParts(props: { one: EffectiveConfig; other: EffectiveConfig; isWhole: boolean }) {
  const { one, other, isWhole } = props;
  const all = compareGateways(one, other);
  const parts = all
    .map((part) => ({ ...part, settings: isWhole ? part.settings : part.settings.filter(isWorthShowing) }))
    .filter(({ settings, one: left, other: right, position }) =>
      position === null ? settings.length > 0 : settings.length > 0 || (isWhole && (left === null || right === null)),
    );
  const found = all.flatMap(({ settings }) => settings);
  const count = (sameness: ComparedSetting['sameness']) => found.filter((row) => row.sameness === sameness).length;
  return (
    <>
      <p role="status" className="text-sm text-ink-2">
        {t('found', { different: count('different'), unknown: count('unknown') })}
      </p>
      {parts.length === 0 && (
        <div className="rounded-lg border border-line bg-surface">
          <Empty title={t('same')}>{t('sameAbout')}</Empty>
        </div>
      )}
      {parts.map((part) => (
        <Section
          key={part.position ?? 'gateway'}
          title={part.position === null ? t('wholeGateway') : t('portN', { position: part.position })}
          note={part.position === null ? undefined : portNote(part)}
          flush
        >
          <DataTable
            caption={part.position === null ? t('wholeGateway') : t('portN', { position: part.position })}
            columns={columns(one, other)}
            rows={part.settings}
            rowKey={({ field }) => field}
          />
        </Section>
      ))}
    </>
  );
}

/** What the port of each gateway is for; where they are not the same, settings may differ with reason. */
function portNote({ one, other }: ComparedPart): string {
  const words = (port: ComparedPart['one']) =>
    port === null
      ? t('noPort')
      : [port.label ?? port.number, LINE_DEVICE_WORDS[port.deviceClass]].filter((part) => part !== null).join(', ');
  return `${words(one)} · ${words(other)}`;
}

const columns = (one: EffectiveConfig, other: EffectiveConfig): Column<ComparedSetting>[] => [
  {
    id: 'setting',
    header: t('setting'),
    rowHeader: true,
    card: 'title',
    className: 'sm:w-1/4',
    cell: ({ field, sameness }) => (
      <span className="flex flex-col">
        {labelOf(field)}
        {sameness === 'different' && <span className="sr-only">{t('differs')}</span>}
        {sameness === 'unknown' && <span className="text-xs text-ink-3">{t('secretUnknown')}</span>}
      </span>
    ),
  },
  side('one', one),
  side('other', other),
];

const side = (which: 'one' | 'other', { gateway }: EffectiveConfig): Column<ComparedSetting> => ({
  id: which,
  header: gateway.name,
  headerCell: (
    <Link href={`/gateways/${gateway.id}/configuration`} className="underline-offset-2 hover:underline">
      {gateway.name}
    </Link>
  ),
  className: 'sm:w-3/8',
  cell: (row) => <Value field={row.field} setting={row[which]} isDifferent={row.sameness === 'different'} />,
});

function Value(props: { field: string; setting: ComparedSetting['one']; isDifferent: boolean }) {
  const { field, setting, isDifferent } = props;
  if (setting === null) return <span className="text-ink-3">{configuration('notSetHere')}</span>;
  const { origin, isManaged, value } = setting;
  return (
    <span className="flex flex-col">
      <span className={isDifferent ? 'font-medium wrap-anywhere' : 'wrap-anywhere text-ink-2'}>
        {shownWords(field, isManaged ? value : null)}
      </span>
      <span className="text-xs text-ink-3">
        {configuration.group('layers')[origin.layer]}
        {origin.layer !== 'operator' && `: ${origin.layerName}`}
      </span>
    </span>
  );
}
