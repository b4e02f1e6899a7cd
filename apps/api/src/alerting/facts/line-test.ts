import type { ActionRow } from './facts.repository.ts';

/** The agent's words where the gateway itself found a fault; any other failure means that the test was not run. */
const FOUND_FAULT = 'The gateway says that it failed.';

/** What a line test says about the line; null: it says nothing, because it was not carried out. */
export function lineTestVerdict(
  row: Pick<ActionRow, 'state' | 'reason' | 'result' | 'updated_at'>,
): { at: number; passed: boolean; text: string } | null {
  const at = row.updated_at.getTime();
  const values = Object.entries(row.result)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(', ');
  if (row.state === 'succeeded') {
    if (row.result['exchangeLine'] === 'disconnected')
      return { at, passed: false, text: 'The line test found no exchange line.' };
    return { at, passed: true, text: values === '' ? 'The line test passed.' : `The line test passed: ${values}.` };
  }
  if (row.state === 'failed' && row.reason === FOUND_FAULT)
    return { at, passed: false, text: `The line test found a fault${values === '' ? '' : `: ${values}`}.` };
  return null;
}
