import type { ConfigProcedure, ConfigStep, ConfigUnit, HttpStep, SshLine } from './procedure.ts';

const ROOT = /\/> ?$/;
const FOLDER = /\/CONFiguration> ?$/i;
const INTO: SshLine = { send: 'conf', until: FOLDER };
const inFolder = (...lines: SshLine[]): ConfigStep[] => [{ transport: 'ssh', ready: ROOT, lines: [INTO, ...lines] }];

/**
 * MediaPack MP-11x and MP-124 by SSH (Oxidized, acmp; SolarWinds thread 195850): `cf get` ends with a comment, `cf set`
 * takes lines up to a single dot, `SCN` stores. Whether `cf set` leaves what a file does not name is not documented, so
 * the whole configuration is written. Defaults are left out of a read-back.
 */
export const audiocodesMediaPack: ConfigProcedure = {
  name: 'AudioCodes MP-11x and MP-124',
  how: 'SSH: `cf get`, `cf set` with the whole file, `SCN`',
  proof: 'read-back',
  drivers: ['audiocodes'],
  models: /^MP-?1(1[0-9]|24)/i,
  formats: ['audiocodes-ini'],
  writes: 'whole',
  writesAllKeys: false,
  absentMeans: 'default',
  takesEffectMs: 20_000,
  confirmWithinMsMin: 180_000,
  read: () => inFolder({ send: 'cf get', until: FOLDER, capture: true, timeoutMs: 60_000 }),
  write: (text) =>
    inFolder(
      { send: 'cf set', until: /finish\.\s*$/i },
      // A line with a dot alone would end it before its time; none begins so in an ini file.
      {
        send: `${text.replaceAll('\r', '').trimEnd()}\n.`,
        until: FOLDER,
        refused: /INI file error|Invalid command/i,
        timeoutMs: 60_000,
      },
    ),
  save: () => inFolder({ send: 'SCN', until: FOLDER, timeoutMs: 60_000 }),
};

const INI = '/api/v1/files/ini';
const BOUNDARY = 'loopstart-ini';

const request = (unit: ConfigUnit, step: Omit<HttpStep, 'transport' | 'tls'>): ConfigStep[] => [
  { transport: 'http', tls: unit.tls, ...step },
];

/**
 * Mediant and MP-1288 of release 7 by REST (AudioCodes, REST API for version 7.4): an incremental ini file runs without a
 * restart, and is stored by `saveConfiguration`. A table in it replaces that of the unit, so it comes whole.
 */
export const audiocodesMediant: ConfigProcedure = {
  name: 'AudioCodes Mediant and MP-1288',
  how: 'HTTP: the ini file, an incremental one, `saveConfiguration`',
  proof: 'read-back',
  drivers: ['audiocodes'],
  models: /^(Mediant|M\d{3,4}|MP-?1288)/i,
  formats: ['audiocodes-ini'],
  writes: 'changes',
  writesAllKeys: false,
  absentMeans: 'default',
  takesEffectMs: 20_000,
  confirmWithinMsMin: 180_000,
  read: (unit) => request(unit, { method: 'GET', path: INI, ok: [200], capture: true }),
  write: (text, unit) =>
    request(unit, {
      method: 'PUT',
      path: `${INI}/incremental`,
      ok: [200, 204],
      body: {
        type: `multipart/form-data; boundary=${BOUNDARY}`,
        text: `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="change.ini"\r\nContent-Type: application/octet-stream\r\n\r\n${text}\r\n--${BOUNDARY}--\r\n`,
      },
    }),
  save: (unit) => request(unit, { method: 'POST', path: '/api/v1/actions/saveConfiguration', ok: [200, 204] }),
};
