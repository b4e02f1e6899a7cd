import { z } from 'zod';
import { ConfigDraft } from './configuration-drafts.ts';
import { ConfigImportTarget } from './configuration-imports.ts';
import { endpoint } from './endpoint.ts';
import { Id } from './fields.ts';

/** Most rows of one file. */
export const CONFIG_CSV_ROWS_MAX = 10_000;
/** Most rows and problems that an answer has. */
export const CONFIG_CSV_SHOWN_MAX = 200;

/**
 * The columns of a file of accounts. A row names its gateway by `gateway` (the name), `mac` or `serial`, which have to
 * agree where it has several, and its line by `port`: the position, or the label. An empty cell changes nothing.
 */
export const CONFIG_CSV_COLUMNS = {
  gateway: null,
  mac: null,
  serial: null,
  port: null,
  extension: 'port.extension',
  auth_name: 'port.authName',
  password: 'port.password',
  display_name: 'port.displayName',
  enabled: 'port.enabled',
  dial_plan: 'port.dialPlan',
  emergency_location: 'port.emergencyLocation',
} as const;
export type ConfigCsvColumn = keyof typeof CONFIG_CSV_COLUMNS;

/** What an importer starts from. */
export const CONFIG_CSV_TEMPLATE = `${Object.keys(CONFIG_CSV_COLUMNS).join(',')}\r\n`;

const csv = z
  .string()
  .min(1, { error: 'a file that is not empty' })
  .max(1_000_000, { error: 'a file of at most 1,000,000 characters' })
  .describe('Separated by commas, semicolons or tabs; the first row names the columns');

export const ConfigCsvProblem = z.object({
  row: z.int().describe('As a spreadsheet counts: the names of the columns are row 1'),
  column: z.string().nullable(),
  expected: z.string(),
});

export const ConfigCsvPreview = z
  .object({
    rows: z.int().describe('All but the names of the columns and empty ones'),
    wrongRows: z.int(),
    unchangedRows: z.int(),
    edits: z.int(),
    shown: z
      .array(
        z.object({
          row: z.int(),
          gatewayId: Id,
          gatewayName: z.string(),
          position: z.int(),
          columns: z.array(z.string()).describe('What the row changes; empty: nothing'),
        }),
      )
      .describe('The first right rows'),
    problems: z.array(ConfigCsvProblem).describe('The first problems'),
    problemsTotal: z.int(),
    fingerprint: z.string(),
  })
  .meta({ id: 'ConfigCsvPreview' });
export type ConfigCsvPreview = z.infer<typeof ConfigCsvPreview>;

export const configurationCsvEndpoints = {
  previewConfigCsv: endpoint({
    id: 'previewConfigCsv',
    method: 'POST',
    path: '/api/v1/configuration/csv/preview',
    permission: 'configuration.write',
    summary: 'Check a file of accounts row by row; nothing is changed',
    body: z.object({ csv, draftId: Id.optional().describe('The draft that the edits would go into') }),
    response: ConfigCsvPreview,
  }),
  importConfigCsv: endpoint({
    id: 'importConfigCsv',
    method: 'POST',
    path: '/api/v1/configuration/csv',
    permission: 'configuration.write',
    summary: 'Put a file of accounts into a draft, all rows or none',
    body: z.object({
      csv,
      into: ConfigImportTarget,
      fingerprint: z.string().min(1).max(100).describe('Of the preview; where it differs by now, nothing is done'),
      leaveOutWrongRows: z.boolean().default(false).describe('Otherwise a file with a wrong row is refused'),
    }),
    response: z.object({ draft: ConfigDraft, edits: z.int() }),
  }),
} as const;
