import { TELEPHONY_FIELD_IDS, type FieldId } from '@loopstart/domain';
import { drivers } from './drivers.ts';
import { mappingOf } from './engine/config/layouts.ts';
import { KEPT_BY_LOOPSTART } from './engine/config/reasons.ts';
import type { ConfigLayout } from './engine/slices/config.ts';

interface Column {
  readonly name: string;
  readonly layout: ConfigLayout;
}

/** One column for each form of configuration that anything is written in. */
function columns(): readonly Column[] {
  return drivers.flatMap(({ vendor, config }) =>
    (config?.layouts ?? [])
      .filter(({ format }) => format !== null)
      .map((layout) => ({ name: `${vendor} ${shortName(layout)}`, layout })),
  );
}

const shortName = ({ models, name }: ConfigLayout) => (models.length === 1 ? (models[0] ?? name) : name);

/** Which settings are written for which vendor, as docs/drivers.md shows it. */
export function configMatrix(): string {
  const all = columns();
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const fields = TELEPHONY_FIELD_IDS.filter((field) => KEPT_BY_LOOPSTART[field] === undefined);
  const nothing = drivers.filter(({ config }) => config?.layouts.every(({ format }) => format === null) === true);
  return [
    row(['setting', ...all.map(({ name }) => name)]),
    row(['---', ...all.map(() => '---')]),
    ...fields.map((field) => row([field, ...all.map(({ layout }) => cell(layout, field))])),
    '',
    ...all.map(({ name, layout }) => `- **${name}** (${layout.models.join(', ')}). ${reasons(layout)}`),
    ...nothing.map(
      ({ id, config }) => `- **${id}**. ${sentence(Object.values(config?.layouts[0]?.notVerified ?? {})[0] ?? '')}`,
    ),
    '',
  ].join('\n');
}

function cell(layout: ConfigLayout, field: FieldId): string {
  return mappingOf(layout, field)?.scope ?? '–';
}

/** What is not written, by its reason: a reason, then its settings. */
function reasons({ notVerified }: ConfigLayout): string {
  const byReason = Map.groupBy(Object.entries(notVerified), ([, reason]) => reason);
  return [...byReason]
    .map(([reason, fields]) => sentence(`${reason} (${fields.map(([field]) => field).join(', ')})`))
    .join(' ');
}

const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
