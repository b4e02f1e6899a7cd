import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CallStep } from '@loopstart/contracts';
import { describe, expect, test } from 'vitest';
import { readAsteriskCsv } from './makers/asterisk.ts';
import { readFreeSwitchCsv } from './makers/freeswitch.ts';
import type { CallDraft, Layout, LineReading } from './read-line.ts';
import { NO_LAYOUT, readSyslog } from './read-syslog.ts';
import { sampleLines } from './testing/samples.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures');
const linesOf = (file: string) =>
  readFileSync(join(FIXTURES, file), 'utf8')
    .split('\n')
    .filter((line) => line !== '');
const encoder = new TextEncoder();

function readAll(vendor: string, lines: readonly string[]): LineReading[] {
  let layout: Layout = NO_LAYOUT;
  return lines.map((line) => {
    const next = readSyslog(encoder.encode(line), vendor, layout);
    layout = next.layout;
    return next.reading;
  });
}

/** A reading without what is null for want of a field, which would hide the rest. */
function shown(reading: LineReading): unknown {
  if (reading.kind !== 'calls') return reading;
  return reading.calls.map(({ nulls, quality, ...call }) => ({
    ...Object.fromEntries(Object.entries(call).filter(([, value]) => value !== null)),
    quality: Object.fromEntries(Object.entries(quality).filter(([, value]) => value !== null)),
    nulls: Object.fromEntries(Object.entries(nulls).filter(([, why]) => why !== 'not-sent')),
  }));
}

const stepOf = (draft: CallDraft): unknown => {
  const { channelBase: _, ...step } = draft;
  return { ...step, gatewayId: '00000000-0000-4000-8000-000000000001', at: 1_795_000_000_000 };
};
const isStep = (reading: LineReading): boolean =>
  reading.kind !== 'calls' || reading.calls.every((draft) => CallStep.safeParse(stepOf(draft)).success);

describe('records of our own', () => {
  test.for([
    ['audiocodes.log', 'AudioCodes'],
    ['cisco.log', 'Cisco'],
    ['mediatrix.log', 'Mediatrix'],
  ] as const)('%s', async ([file, vendor]) => {
    const readings = readAll(vendor, linesOf(file));
    expect(readings.every(isStep)).toBe(true);
    await expect(JSON.stringify(readings.map(shown), null, 2)).toMatchFileSnapshot(join(FIXTURES, `${file}.golden`));
  });

  test.for([
    ['asterisk.csv', readAsteriskCsv],
    ['freeswitch.csv', readFreeSwitchCsv],
  ] as const)('%s', async ([file, read]) => {
    const readings = linesOf(file).map(read);
    expect(readings.every(isStep)).toBe(true);
    await expect(JSON.stringify(readings.map(shown), null, 2)).toMatchFileSnapshot(join(FIXTURES, `${file}.golden`));
  });
});

/** Kinds of readings in order: `c` calls, `o` other, or the reason of a refusal. */
const kinds = (readings: readonly LineReading[]) =>
  readings.map((reading) => (reading.kind === 'refused' ? reading.reason : reading.kind[0])).join(' ');
const callsOf = (readings: readonly LineReading[]) =>
  readings.flatMap((reading) => (reading.kind === 'calls' ? reading.calls : []));

describe('records of real units, where they are beside the repository', () => {
  test('AudioCodes as a syslog viewer received them', ({ skip }) => {
    const lines = sampleLines('audiocodes-sbc-syslog-received.log');
    if (lines === null) return skip('the samples are not beside the repository');
    const readings = readAll('AudioCodes', lines);
    expect(kinds(readings)).toBe('c c c o c o c o');
    expect(readings.every(isStep)).toBe(true);
    const [start, connect, end, media] = callsOf(readings);
    // Two legs of one session are one call.
    expect([start!.callKey, connect!.callKey, end!.callKey]).toEqual(Array(3).fill('c62532:22:625'));
    expect(end).toMatchObject({ dialled: '2001', talkMs: 30_042, cause: 'GWAPP_NORMAL_CALL_CLEAR', position: null });
    expect(media).toMatchObject({
      phase: 'detail',
      quality: { jitterMs: 4, lossPercent: 0, mos: null },
      nulls: { mos: 'unavailable' },
    });
  });

  test('AudioCodes with damaged rows', ({ skip }) => {
    const lines = sampleLines('audiocodes-sbc-cdr-payload.psv');
    if (lines === null) return skip('the samples are not beside the repository');
    const readings = readAll(
      'AudioCodes',
      lines.map((line) => `|${line}`),
    );
    expect(kinds(readings)).toBe('c c c c c o c o o c o o o columns columns columns o');
    expect(callsOf(readings).every(({ quality }) => quality.mos === null && (quality.jitterMs ?? 0) < 100)).toBe(true);
  });

  test('Cisco, with a leg that came twice and a forwarded one', ({ skip }) => {
    const lines = sampleLines('cisco-voipaaa-syslog.log');
    if (lines === null) return skip('the samples are not beside the repository');
    const readings = readAll('Cisco', lines);
    expect(kinds(readings)).toBe('c c c damaged c');
    const calls = callsOf(readings);
    expect(calls[0]).toEqual(calls[1]);
    expect(calls[0]).toMatchObject({
      called: '510',
      direction: 'from-line',
      causeCode: 16,
      talkMs: 51_600,
      gatewaySetupAt: null,
      nulls: { gatewaySetupAt: 'zone-not-known' },
    });
    expect(calls[2]).toMatchObject({ phase: 'detail', forwardedTo: '510' });
    expect(calls[3]).toMatchObject({
      callKey: 'BA55719EF8C1001500000000001B1E08',
      calling: '68575',
      gatewaySetupAt: Date.UTC(2001, 5, 18, 11, 14, 39, 367),
    });
  });

  test('Asterisk, damaged by an editor', ({ skip }) => {
    const lines = sampleLines('asterisk-master-pjsip-2023.csv');
    if (lines === null) return skip('the samples are not beside the repository');
    const readings = lines.map(readAsteriskCsv);
    expect(kinds(readings)).toBe(Array(14).fill('c').join(' '));
    expect(callsOf(readings)[0]).toMatchObject({
      dialled: '6789',
      talkMs: 14_000,
      cause: 'ANSWERED',
      gatewaySetupAt: null,
    });
    expect(callsOf(readings)[1]).toMatchObject({ talkMs: 0, cause: 'NO ANSWER' });
  });

  test('FreeSWITCH, cut to minutes by a spreadsheet', ({ skip }) => {
    const lines = sampleLines('freeswitch-cdr-csv-2020.csv');
    if (lines === null) return skip('the samples are not beside the repository');
    const readings = lines.map(readFreeSwitchCsv);
    expect(kinds(readings)).toBe(Array(10).fill('c').join(' '));
    expect(callsOf(readings)[0]).toMatchObject({ dialled: null, talkMs: 9_000, codec: 'PCMU' });
    // Three lines of one call, with two causes.
    expect(
      callsOf(readings)
        .slice(-3)
        .map(({ cause }) => cause),
    ).toEqual(['NORMAL_CLEARING', 'NORMAL_CLEARING', 'USER_BUSY']);
  });
});
