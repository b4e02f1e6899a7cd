/** The P-values of one port. Null where this layout has no such key, or its number is not known. */
export interface PortKeys {
  readonly user: string;
  readonly authUser: string;
  readonly password: string;
  readonly name: string;
  readonly enabled: string | null;
  /** Selects the profile, 0-based; null where the port is its own. */
  readonly profile: string | null;
  readonly autoDial: string | null;
}

/** The P-values of one profile, or of a port where each is its own. */
export interface ProfileKeys {
  readonly server: string;
  readonly digitMap: string;
  readonly callerId: string;
  readonly impedance: string;
  /** Null where no name of it is known. */
  readonly ringCadence: string | null;
}

export const PROFILES: readonly ProfileKeys[] = [
  { server: 'P47', digitMap: 'P4200', callerId: 'P853', impedance: 'P854', ringCadence: 'P4010' },
  { server: 'P747', digitMap: 'P4201', callerId: 'P863', impedance: 'P864', ringCadence: 'P4030' },
  { server: 'P547', digitMap: 'P4202', callerId: 'P663', impedance: 'P564', ringCadence: null },
  { server: 'P602', digitMap: 'P4203', callerId: 'P4337', impedance: 'P4335', ringCadence: null },
];

/** How many profiles a model has. */
export const profilesOf = (model: string): readonly ProfileKeys[] =>
  model.startsWith('GXW') ? PROFILES : PROFILES.slice(0, 2);

/** Whether its ports choose a profile; HT80x and HT813 have one for each port. */
export const hasProfiles = (model: string): boolean => !/^HT80\d|^HT813/.test(model);

const ACCOUNTS: readonly PortKeys[] = [
  {
    user: 'P35',
    authUser: 'P36',
    password: 'P34',
    name: 'P3',
    enabled: 'P271',
    profile: null,
    autoDial: 'P71',
  },
  {
    user: 'P735',
    authUser: 'P736',
    password: 'P734',
    name: 'P703',
    enabled: 'P401',
    profile: null,
    autoDial: 'P771',
  },
];

/** Ports 31 and 32 have numbers of their own, and 33 to 48 others again. */
const SCATTERED: Readonly<Record<number, readonly [user: string, auth: string, password: string, name: string]>> = {
  31: ['P4240', 'P4242', 'P4244', 'P4262'],
  32: ['P4241', 'P4243', 'P4245', 'P4263'],
};

/** The keys of each FXS port of a model: HT80x and HT813 have an account a port, the others profiles. */
export function portKeysOf(model: string, fxs: number): readonly PortKeys[] {
  if (!hasProfiles(model)) return ACCOUNTS.slice(0, fxs);
  return Array.from({ length: fxs }, (_, index) => profilePort(index + 1));
}

function profilePort(position: number): PortKeys {
  const n = position - 1;
  const [user, authUser, password, name] =
    position <= 30
      ? [`P${4060 + n}`, `P${4090 + n}`, `P${4120 + n}`, position === 30 ? 'P4261' : `P${4180 + n}`]
      : (SCATTERED[position] ?? [21_000, 21_064, 21_128, 21_192].map((base) => `P${base + n - 32}`));
  const here = (base: number) => (position <= 30 ? `P${base + n}` : null);
  return {
    user: user ?? '',
    authUser: authUser ?? '',
    password: password ?? '',
    name: name ?? '',
    enabled: here(4595),
    profile: here(4150),
    autoDial: here(4210),
  };
}
