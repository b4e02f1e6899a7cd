import { readFile } from 'node:fs/promises';
import { parseSnmprec } from '@loopstart/drivers';
import { SortedMib } from '@loopstart/snmp';
import { SimSpecError } from './spec.ts';

/** Reads a recording. Throws SimSpecError, one sentence, where the file cannot be read or holds no values. */
export async function loadRecording(path: string): Promise<SortedMib> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const why = code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder' : String(code);
    throw new SimSpecError('recording', `The recording ${path} cannot be read: ${why}.`);
  }
  const varbinds = parseSnmprec(text);
  if (varbinds.length === 0) {
    throw new SimSpecError('recording', `${path} is no recording: no line has the form OID|type|value.`);
  }
  return new SortedMib(varbinds);
}

/** Reads each recording once, for any number of gateways that answer from it. */
export class RecordingShelf {
  readonly #loaded = new Map<string, Promise<SortedMib>>();

  load(path: string): Promise<SortedMib> {
    const known = this.#loaded.get(path);
    if (known !== undefined) return known;
    const loading = loadRecording(path);
    this.#loaded.set(path, loading);
    return loading;
  }
}
