import { hasProfiles, portKeysOf, profilesOf } from './port-keys.ts';
import { profileValues } from './profile-values.ts';

/** One P-value of a unit: its factory default, and what the unit takes for it. */
export interface PValue {
  readonly value: string;
  readonly accepts: (value: string) => boolean;
  /** Blank in an export. */
  readonly secret: boolean;
}

const text = (value = '', most = 64): PValue => ({
  value,
  accepts: (given) => given.length <= most,
  secret: false,
});
const secret = (most = 32): PValue => ({
  value: '',
  // "ASCII 33-126": no space.
  accepts: (given) => given.length <= most && /^[!-~]*$/.test(given),
  secret: true,
});
const number = (value: number, from: number, to: number): PValue => ({
  value: String(value),
  accepts: (given) => /^\d{1,9}$/.test(given) && Number(given) >= from && Number(given) <= to,
  secret: false,
});
const flag = (value: 0 | 1): PValue => number(value, 0, 1);
const dialled: PValue = { value: '', accepts: (given) => /^[0-9*#]{0,32}$/.test(given), secret: false };
const CADENCE = text('c=2000/4000;', 256);
const CODECS: readonly [key: string, code: number][] = [
  ['P57', 0],
  ['P58', 8],
  ['P59', 4],
  ['P60', 18],
  ['P61', 2],
  ['P62', 97],
  ['P46', 9],
];

/** The settings that every unit has. The figures in words stand in the makers' own comments of their templates. */
const COMMON: Readonly<Record<string, PValue>> = {
  P2: secret(),
  P196: secret(),
  P8: number(0, 0, 2),
  P30: text('pool.ntp.org'),
  P31: flag(1),
  P32: number(60, 1, 64_800),
  P37: number(2, 1, 64),
  P38: number(48, 0, 63),
  P40: number(5060, 1024, 65_535),
  P48: text(),
  P51: number(0, 0, 4094),
  P52: number(2, 0, 5),
  P64: text('MTZ+5MDT+4,M4.1.0,M11.1.0'),
  P66: dialled,
  P72: flag(1),
  P76: text(),
  P79: number(101, 96, 127),
  P81: flag(0),
  P84: number(20, 10, 160),
  P85: number(4, 1, 15),
  P87: number(0, 0, 7),
  P91: flag(0),
  P101: text(),
  P109: flag(0),
  P130: number(0, 0, 2),
  P145: flag(1),
  P183: number(0, 0, 2),
  P190: flag(0),
  P191: flag(1),
  P193: number(10_080, 60, 86_400),
  P194: number(0, 0, 3),
  P205: flag(0),
  P207: text(),
  P208: number(0, 0, 5),
  P212: number(1, 0, 4),
  P228: number(0, 0, 1),
  P231: flag(0),
  P234: text('', 128),
  P235: text('', 128),
  P237: text('fm.grandstream.com/gs', 256),
  P240: flag(0),
  P246: text(),
  P247: number(1, 0, 6),
  P249: number(5, 0, 6),
  P251: number(300, 40, 2000),
  P252: number(1100, 40, 2000),
  P269: number(0, 0, 4094),
  P285: number(0, 0, 23),
  P286: number(1, 0, 6),
  P850: number(101, 100, 102),
  P851: number(102, 100, 102),
  P852: number(100, 100, 102),
  P856: number(200, 100, 10_000),
  P865: flag(0),
  P867: flag(0),
  P868: flag(0),
  P892: flag(0),
  P893: flag(0),
  P896: number(0, 0, 4094),
  P897: number(0, 0, 7),
  P898: number(0, 0, 7),
  P901: number(80, 1, 65_535),
  P967: text(),
  P987: text(),
  P1359: secret(),
  P1360: text(),
  P1361: secret(),
  P1387: flag(0),
  P1409: text(),
  P2312: text(),
  P2333: text(),
  P2397: flag(0),
  P4000: text('f1=350@-13,f2=440@-13,c=0/0;', 256),
  P4001: text('f1=350@-13,f2=440@-13,c=0/0;', 256),
  P4002: text('f1=440@-19,f2=480@-19,c=2000/4000;', 256),
  P4003: text('f1=440@-13,c=300/10000-300/10000-0/0;', 256),
  P4004: text('f1=480@-24,f2=620@-24,c=500/500;', 256),
  P4005: text('f1=480@-24,f2=620@-24,c=250/250;', 256),
  P4045: number(0, 0, 60),
  P4424: flag(1),
  P4428: flag(1),
  P4429: number(20, 20, 25),
  P5046: number(24, 0, 63),
  P5050: number(46, 0, 63),
  P8214: text('\n0: 3f8a1c\n1: 00d2e7\n', 4_000),
  P8463: flag(0),
  P21896: flag(1),
  P21902: secret(),
};

/** A change of one of these takes a restart; the first four are of GXW42xx, the last of HT8xx. */
const WITH_RESTART: Readonly<Record<'gxw' | 'ht', ReadonlySet<string>>> = {
  gxw: new Set(['P8', 'P269', 'P38', 'P51', 'P87', 'P145', 'P901', 'P21896', 'P21902']),
  ht: new Set(['P231', 'P867', 'P868', 'P896', 'P897', 'P898', 'P8463', 'P21896', 'P21902']),
};

export function needsRestart(model: string, key: string): boolean {
  return WITH_RESTART[model.startsWith('GXW') ? 'gxw' : 'ht'].has(key);
}

/** All P-values of a model with its factory defaults. */
export function pValuesOf(model: string, fxs: number): ReadonlyMap<string, PValue> {
  const all = new Map(Object.entries(COMMON));
  for (const [key, code] of CODECS) all.set(key, number(code, 0, 127));
  const profiles = profilesOf(model);
  for (const { key, value, range } of hasProfiles(model) ? profileValues(profiles.length) : [])
    all.set(key, range === null ? text(value) : number(Number(value), ...range));
  for (const [index, profile] of profiles.entries()) {
    all.set(profile.server, text('', 128));
    all.set(profile.digitMap, text(model.startsWith('GXW') ? '{ x+ | *x+ }' : '{ x+ | \\+x+ | *x+ | *xx*x+ }', 1024));
    all.set(profile.callerId, number(0, 0, 14));
    all.set(profile.impedance, number(0, 0, 20));
    if (profile.ringCadence === null) continue;
    for (let ring = 0; ring < 10; ring += 1) all.set(`P${(index === 0 ? 4010 : 4030) + ring}`, CADENCE);
  }
  for (const keys of portKeysOf(model, fxs)) {
    for (const key of [keys.user, keys.authUser, keys.name]) all.set(key, text());
    all.set(keys.password, secret());
    if (keys.enabled !== null) all.set(keys.enabled, flag(1));
    if (keys.profile !== null) all.set(keys.profile, number(0, 0, profiles.length - 1));
    if (keys.autoDial !== null) all.set(keys.autoDial, dialled);
  }
  return all;
}
