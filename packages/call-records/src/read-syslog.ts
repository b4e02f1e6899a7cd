import { readAudioCodes } from './makers/audiocodes.ts';
import { readCisco } from './makers/cisco.ts';
import { readMediatrix } from './makers/mediatrix.ts';
import { type Layout, type LineReader, type LineReading, OTHER, refused } from './read-line.ts';
import { parseSyslog } from './syslog/message.ts';

/** Longest message that is read; makers send less than 2 KB. */
export const SYSLOG_BYTES_MAX = 8_192;

/** The readers of makers, by the vendor of a driver. */
const READERS: Readonly<Partial<Record<string, LineReader>>> = {
  AudioCodes: readAudioCodes,
  Cisco: readCisco,
  Mediatrix: readMediatrix,
};

/** Vendors of which the form of call records is known. */
export const CALL_RECORD_VENDORS: readonly string[] = Object.keys(READERS);

/** The layout of a sender that has announced nothing. */
export const NO_LAYOUT: Layout = {};

const decoder = new TextDecoder('utf-8', { fatal: false });

/**
 * Reads one syslog message of a gateway of this vendor. `layout` is what the same gateway announced before. Pure, and
 * never throws.
 */
export function readSyslog(
  bytes: Uint8Array,
  vendor: string,
  layout: Layout,
): { reading: LineReading; layout: Layout } {
  if (bytes.length > SYSLOG_BYTES_MAX) return { reading: refused('too-long'), layout };
  const { text } = parseSyslog(decoder.decode(bytes));
  const reader = READERS[vendor];
  if (reader === undefined) return { reading: OTHER, layout };
  return reader(text, layout);
}

/** The name that the sender of a message gives itself; null where it gives none. */
export const syslogHost = (bytes: Uint8Array): string | null =>
  bytes.length > SYSLOG_BYTES_MAX ? null : parseSyslog(decoder.decode(bytes)).host;
