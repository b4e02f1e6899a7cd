import type { ConfigCsvPreview } from '@loopstart/contracts';
import { t } from '../../../messages/configuration-csv.ts';
import { SeverityLabel } from '../../../ui/severity-label.tsx';
import { labelOf } from '../setting/setting-words.ts';

/** What each row of a file does, and what is wrong with it. */
export function CsvPreview({ preview }: { preview: ConfigCsvPreview }) {
  const { rows, wrongRows, unchangedRows, edits, problems, problemsTotal, shown } = preview;
  return (
    <div className="flex flex-col gap-4">
      <p>{t('counts', { rows, edits, unchanged: unchangedRows })}</p>
      {wrongRows === 0 ? (
        <SeverityLabel severity="ok">{t('allRight')}</SeverityLabel>
      ) : (
        <div>
          <SeverityLabel severity="major">{t('wrongRows', { count: wrongRows })}</SeverityLabel>
          <ul className="mt-2 flex max-h-56 flex-col gap-1 overflow-y-auto text-sm">
            {problems.map(({ row, column, expected }, at) => (
              <li key={at} className="wrap-anywhere">
                {column === null ? t('problemOfRow', { row, expected }) : t('problemOfCell', { row, column, expected })}
              </li>
            ))}
          </ul>
          {problemsTotal > problems.length && (
            <p className="text-sm text-ink-3">{t('more', { count: problemsTotal - problems.length })}</p>
          )}
        </div>
      )}
      {shown.length > 0 && (
        <details>
          <summary className="cursor-pointer text-sm font-medium">{t('rightRows', { count: shown.length })}</summary>
          <ul className="mt-2 flex max-h-56 flex-col gap-1 overflow-y-auto text-sm">
            {shown.map(({ row, gatewayName, position, columns }) => (
              <li key={row} className="wrap-anywhere">
                {t('rightRow', {
                  row,
                  gateway: gatewayName,
                  position,
                  what: columns.length === 0 ? t('unchanged') : columns.map(labelOf).join(', '),
                })}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
