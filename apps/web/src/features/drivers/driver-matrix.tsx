import { CAPABILITY_WORDS } from '../../lib/words/fleet.ts';
import { ScrollBox } from '../../ui/scroll-box.tsx';
import { CapabilityMark } from './capability-mark.tsx';
import type { Driver } from './driver-cards.tsx';
import { driverColumns, FIELD_GROUPS } from './fields.ts';
import { t } from '../../messages/drivers.ts';

/** Fields down, models across. It scrolls in its own box; the names of the fields stay in sight. */
export function DriverMatrix({ drivers }: { drivers: readonly Driver[] }) {
  const columns = driverColumns(drivers);
  return (
    <ScrollBox label={t('whatEachDriverReads')} sideways className="relative">
      <table className="w-full border-collapse text-sm">
        <caption className="sr-only">{t('whatEachDriverReads')}</caption>
        <thead>
          <tr>
            <th
              scope="col"
              className="sticky left-0 z-10 border-b border-line bg-sunken px-4 py-2 text-left font-medium text-ink-2"
            >
              {t('field')}
            </th>
            {columns.map(({ key, vendor, models }) => (
              <th
                key={key}
                scope="col"
                className="min-w-24 border-b border-line bg-sunken px-3 py-2 text-center font-medium whitespace-nowrap text-ink-2"
              >
                {vendor}
                <span className="block text-xs font-normal text-ink-3">{models}</span>
              </th>
            ))}
          </tr>
        </thead>
        {FIELD_GROUPS.map((group) => (
          <tbody key={group.title}>
            <tr>
              <th
                scope="rowgroup"
                colSpan={columns.length + 1}
                className="border-t border-line px-4 pt-3 pb-1 text-left text-xs font-semibold text-ink-3"
              >
                <span className="sticky left-4">{group.title}</span>
              </th>
            </tr>
            {group.fields.map((field) => (
              <tr key={field} className="hover:bg-hover/60">
                <th
                  scope="row"
                  className="sticky left-0 z-10 bg-surface px-4 py-1.5 text-left font-normal whitespace-nowrap"
                >
                  {CAPABILITY_WORDS[field]}
                </th>
                {columns.map(({ key, capabilities }) => (
                  <td key={key} className="px-3 py-1.5 text-center align-middle">
                    <CapabilityMark state={capabilities[field]} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </ScrollBox>
  );
}
