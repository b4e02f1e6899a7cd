import type { KeyAt } from '../../engine/config/entries.ts';

/** `count` P-values from a first one on. */
const run = (first: number, count: number) => Array.from({ length: count }, (_, at) => `P${first + at}`);

/**
 * Keys of the ports 1 to 48 (GXW42xx template of firmware 1.0.4.7). The numbers jump at ports 31 and 33, for the name
 * at port 21 as well and for the hotline at port 25, so this is a table.
 */
export const PORT_KEYS = {
  user: [...run(4060, 30), 'P4240', 'P4241', ...run(21_000, 16)],
  authName: [...run(4090, 30), 'P4242', 'P4243', ...run(21_064, 16)],
  password: [...run(4120, 30), 'P4244', 'P4245', ...run(21_128, 16)],
  name: [...run(4180, 20), ...run(4252, 12), ...run(21_192, 16)],
  profile: [...run(4150, 30), 'P4246', 'P4247', ...run(21_256, 16)],
  enabled: [...run(4595, 32), ...run(21_384, 16)],
  hotline: [...run(4210, 24), ...run(4800, 8), ...run(21_448, 16)],
} satisfies Record<string, KeyAt>;

/** Keys of the accounts 1 and 2 of models where each port is an account of its own (HT801, HT802, HT813). */
export const ACCOUNT_KEYS = {
  user: ['P35', 'P735'],
  authName: ['P36', 'P736'],
  password: ['P34', 'P734'],
  name: ['P3', 'P703'],
  enabled: ['P271', 'P401'],
  hotline: ['P71', 'P771'],
} satisfies Record<string, KeyAt>;

/** Keys of the profiles 1 to 4 (GXW42xx template); HT8xx has the first two, in the account layout one for each port. */
export const PROFILE_KEYS = {
  active: ['P271', 'P401', 'P501', 'P601'],
  server: ['P47', 'P747', 'P547', 'P602'],
  secondServer: ['P967', 'P987', 'P997', 'P998'],
  preferFirst: ['P4567', 'P4568', 'P4569', 'P4570'],
  outboundProxy: ['P48', 'P748', 'P548', 'P603'],
  transport: ['P130', 'P830', 'P530', 'P4648'],
  srtp: ['P183', 'P443', 'P543', 'P643'],
  expiryMinutes: ['P32', 'P732', 'P532', 'P612'],
  nat: ['P52', 'P730', 'P630', 'P614'],
  sessionExpiry: ['P260', 'P434', 'P534', 'P4634'],
  fax: ['P228', 'P710', 'P510', 'P4384'],
  dtmf: [
    ['P850', 'P860', 'P560', 'P4583'],
    ['P851', 'P861', 'P561', 'P4584'],
    ['P852', 'P862', 'P562', 'P4585'],
  ],
  dtmfPayloadType: ['P79', 'P779', 'P579', 'P4574'],
  /** In the order of preference. Exports of HT8xx have the eighth as well. */
  codecs: [
    ['P57', 'P757', 'P557', 'P651'],
    ['P58', 'P758', 'P558', 'P652'],
    ['P59', 'P759', 'P559', 'P653'],
    ['P60', 'P760', 'P660', 'P654'],
    ['P61', 'P761', 'P661', 'P655'],
    ['P62', 'P762', 'P662', 'P656'],
    ['P46', 'P814', 'P514', 'P4657'],
    ['P98', 'P815', 'P515', 'P658'],
  ],
  frames: ['P37', 'P737', 'P4593', 'P4594'],
  impedance: ['P854', 'P864', 'P564', 'P4335'],
  callerId: ['P853', 'P863', 'P663', 'P4337'],
  reversal: ['P205', 'P865', 'P665', 'P4339'],
  disconnect: ['P892', 'P893', 'P593', 'P4346'],
  disconnectMs: ['P856', 'P857', 'P657', 'P4347'],
  flashMin: ['P251', 'P811', 'P511', 'P4387'],
  flashMax: ['P252', 'P812', 'P512', 'P4388'],
  gainTx: ['P247', 'P248', 'P648', 'P4393'],
  gainRx: ['P249', 'P283', 'P683', 'P4394'],
  dialPlan: ['P4200', 'P4201', 'P4202', 'P4203'],
  noKeySeconds: ['P85', 'P292', 'P492', 'P4588'],
  hashSends: ['P72', 'P772', 'P572', 'P692'],
  prefix: ['P66', 'P766', 'P666', 'P619'],
  hotlineDelay: ['P4045', 'P4046', 'P4047', 'P4048'],
  features: ['P191', 'P751', 'P551', 'P620'],
  noCallWaiting: ['P91', 'P791', 'P591', 'P4577'],
  noOffHookTone: ['P4793', 'P4794', 'P4795', 'P4796'],
  noVisualMwi: ['P855', 'P869', 'P669', 'P4375'],
  mwiType: ['P4371', 'P4372', 'P4373', 'P4374'],
} satisfies Record<string, KeyAt | readonly KeyAt[]>;
