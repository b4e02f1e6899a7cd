import { CONFIG_CSV_COLUMNS, type ConfigCsvColumn } from '@loopstart/contracts';
import { configItemProblem, type FieldId, plainMac } from '@loopstart/domain';
import type { BroughtEdit } from '../drafts/index.ts';
import type { CsvRow } from './read-rows.ts';

/** A gateway as rows name it. */
export interface CsvGateway {
  id: string;
  name: string;
  /** Twelve lower-case hexadecimal digits; null: not known. */
  mac: string | null;
  serial: string | null;
  ports: readonly { position: number; label: string | null }[];
}

export interface RowProblem {
  row: number;
  column: ConfigCsvColumn | null;
  expected: string;
}

/** A row that names a line, and its edits. */
export interface RightRow {
  row: number;
  gatewayId: string;
  gatewayName: string;
  position: number;
  edits: BroughtEdit[];
}

/** What rows make of the lines that they name. A row is right as a whole, or it makes nothing. */
export function rowEdits(
  rows: readonly CsvRow[],
  gateways: readonly CsvGateway[],
): { right: RightRow[]; problems: RowProblem[] } {
  const index = {
    gateway: Map.groupBy(gateways, ({ name }) => name.toLowerCase()),
    mac: Map.groupBy(gateways, ({ mac }) => mac),
    serial: Map.groupBy(gateways, ({ serial }) => serial?.toLowerCase() ?? null),
  };
  const right: RightRow[] = [];
  const problems: RowProblem[] = [];
  const seen = new Map<string, number>();
  for (const { row, cells, problem } of rows) {
    const wrong: RowProblem[] = problem === null ? [] : [{ row, column: null, expected: problem }];
    const found = gatewayOf(cells, index);
    if ('expected' in found) wrong.push({ row, ...found });
    else {
      const { gateway } = found;
      const position = positionOf(cells.get('port'), gateway);
      if (typeof position === 'string') wrong.push({ row, column: 'port', expected: position });
      else {
        const key = `${gateway.id} ${position}`;
        const former = seen.get(key);
        seen.set(key, former ?? row);
        if (former !== undefined)
          wrong.push({ row, column: 'port', expected: `each line once; it is in row ${former} already` });
        const edits: BroughtEdit[] = [];
        for (const [column, text] of cells) {
          const field = CONFIG_CSV_COLUMNS[column];
          if (field === null) continue;
          const edit = editOf(gateway.id, position, field, text);
          const bad = configItemProblem({ ...edit, layer: 'port' });
          if (bad === null) edits.push(edit);
          else wrong.push({ row, column, expected: column === 'enabled' ? 'yes or no' : bad.expected });
        }
        if (wrong.length === 0) right.push({ row, gatewayId: gateway.id, gatewayName: gateway.name, position, edits });
      }
    }
    problems.push(...wrong);
  }
  return { right, problems };
}

const NAMES = ['gateway', 'mac', 'serial'] as const;

/** The gateway that all given names are of. A name that several have is none. */
function gatewayOf(
  cells: CsvRow['cells'],
  index: Readonly<Record<(typeof NAMES)[number], Map<string | null, CsvGateway[]>>>,
): { gateway: CsvGateway } | { column: ConfigCsvColumn; expected: string } {
  let agreed: CsvGateway | null = null;
  for (const column of NAMES) {
    const text = cells.get(column);
    if (text === undefined) continue;
    const folded = column === 'mac' ? plainMac(text) : text.toLowerCase();
    const [one, other] = index[column].get(folded) ?? [];
    if (one === undefined) return { column, expected: 'a gateway in service, one of yours' };
    if (other !== undefined) return { column, expected: 'mac or serial: several gateways have this name' };
    if (agreed !== null && agreed.id !== one.id) return { column, expected: `the same gateway: ${agreed.name}` };
    agreed = one;
  }
  return agreed === null ? { column: 'gateway', expected: 'gateway, mac or serial' } : { gateway: agreed };
}

function positionOf(text: string | undefined, { ports }: CsvGateway): number | string {
  const labelled = ports.filter(({ label }) => label !== null && label.toLowerCase() === text?.toLowerCase());
  const numbered = /^\d+$/.test(text ?? '') ? ports.find(({ position }) => position === Number(text)) : undefined;
  if (numbered !== undefined) return numbered.position;
  if (labelled.length === 1) return labelled[0]!.position;
  return labelled.length > 1
    ? 'its position: several lines of the gateway have this label'
    : 'the position or label of a line of the gateway';
}

const YES = ['yes', 'true', '1'];
const NO = ['no', 'false', '0'];

function editOf(gatewayId: string, position: number, field: FieldId, text: string): BroughtEdit {
  const isFlag = field === 'port.enabled';
  const folded = text.toLowerCase();
  const flag = YES.includes(folded) ? true : NO.includes(folded) ? false : text;
  return {
    place: { layer: 'port', gatewayId, position },
    kind: 'setting',
    name: field,
    deviceClass: null,
    action: 'set',
    value: isFlag ? flag : text,
    isSealed: false,
  };
}
