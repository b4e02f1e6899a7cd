import { CAPABILITY_FIELDS } from '@loopstart/domain';
import { offerInWords } from './engine/offer.ts';
import { driverMetadata, type DriverMetadata } from './catalogue.ts';

const MARK = { measured: 'yes', unproven: 'MIB', 'not-supported': '–' } as const;

/** Field as the heading of a row: the words of its name, unit last. */
const label = (field: string) => field.replace(/([A-Z])/g, ' $1').toLowerCase();

/** The capability matrix as docs/drivers.md shows it. */
export function capabilityMatrix(): string {
  const all = driverMetadata();
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const head = (cells: readonly string[]) => [row(cells), row(cells.map(() => '---'))];
  const fields = CAPABILITY_FIELDS.map((field) =>
    row([label(field), ...all.map(({ capabilities }) => MARK[capabilities[field] ?? 'not-supported'])]),
  );
  const actions = row(['actions', ...all.map(actionsInWords)]);
  return [
    ...head(['field', ...all.map(({ id }) => id)]),
    ...fields,
    actions,
    '',
    ...all.map(
      (driver) => `- **${driver.id}** (${driver.vendor}, ${driver.evidence}). ${models(driver)} ${driver.maturityNote}`,
    ),
    '',
  ].join('\n');
}

/** Actions, with the units that each is limited to. */
function actionsInWords({ actions, actionOffers }: DriverMetadata): string {
  const words = actions.map((type) => {
    const limits = offerInWords(actionOffers[type] ?? {});
    return limits === '' ? type : `${type} (${limits})`;
  });
  return words.join(', ') || '–';
}

/** Model names, those with a recorded walk in italics, as a sentence. */
function models({ models, evidence }: DriverMetadata): string {
  if (evidence === 'generic') return 'Any gateway.';
  const names = models.map((model) => (model.evidence === 'recording' ? `_${model.name}_` : model.name));
  return `Models: ${names.join(', ')}.`;
}
