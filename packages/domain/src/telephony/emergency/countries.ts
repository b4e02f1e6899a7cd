/** Where the numbers of a country are from. */
export const EMERGENCY_SOURCES = {
  libphonenumber: 'google-libphonenumber 3.2.47, short-number metadata, "emergency"',
  'eu-112': 'Directive (EU) 2018/1972, article 109 (112), and google-libphonenumber 3.2.47, short-number metadata',
} as const;
export type EmergencySource = keyof typeof EMERGENCY_SOURCES;

export interface CountryEmergency {
  /** ISO 3166 alpha-2. */
  readonly country: string;
  /** Numbers that a fixed line of the country dials, the general one first. */
  readonly numbers: readonly string[];
  readonly source: EmergencySource;
}

const of = (source: EmergencySource, rows: Record<string, string>): CountryEmergency[] =>
  Object.entries(rows).map(([country, numbers]) => ({ country, numbers: numbers.split(' '), source }));

/**
 * Emergency numbers by country: the least that a dial plan of a site there must reach. Numbers for mobile telephones
 * alone and numbers of single regions are left out; a site adds its own (`siteEmergencyNumbers`).
 */
export const COUNTRY_EMERGENCY: readonly CountryEmergency[] = [
  ...of('eu-112', {
    AT: '112 122 133 144',
    BE: '112 100 101',
    BG: '112 150 160 166',
    CY: '112 199',
    CZ: '112 150 155 156 158',
    DE: '112 110',
    DK: '112 114',
    EE: '112 110',
    ES: '112',
    FI: '112',
    FR: '112 15 17 18',
    GR: '112 100 166 199',
    HR: '112 192 193 194',
    HU: '112 104 105 107',
    IE: '112 999',
    IT: '112 113 115 118',
    LT: '112',
    LU: '112 113',
    LV: '112 110 113',
    MT: '112',
    NL: '112',
    PL: '112 997 998 999',
    PT: '112',
    RO: '112',
    SE: '112',
    SI: '112 113',
    SK: '112 150 155 158',
  }),
  ...of('libphonenumber', {
    AE: '999 112 997 998',
    AR: '911 100 101 107',
    AU: '000 106',
    BR: '190 192 193',
    CA: '911',
    CH: '112 117 118 144',
    CL: '131 132 133',
    CN: '110 119 120',
    CO: '123',
    EG: '122',
    GB: '999 112',
    HK: '999 112 992',
    ID: '112',
    IL: '100 101 102 112',
    IN: '112 100 101 102 108',
    IS: '112',
    JP: '110 119',
    KE: '999',
    KR: '112 119',
    KW: '112',
    LI: '112 117 118 144',
    MX: '911',
    MY: '999',
    NO: '112 110 113',
    NZ: '111',
    PE: '105',
    PH: '911',
    QA: '999',
    RS: '112',
    SA: '911 997 999',
    SG: '999 995 993',
    TH: '191',
    TR: '112 110 155',
    TW: '110 112 119',
    UA: '112 101 102 103',
    US: '911',
    VN: '113',
    ZA: '112 10111 10177',
  }),
];

const BY_COUNTRY = new Map(COUNTRY_EMERGENCY.map((row) => [row.country, row]));

/** The numbers of a country by its ISO 3166 alpha-2 code; null where the table has none, and the site states its own. */
export const countryEmergency = (country: string): CountryEmergency | null =>
  BY_COUNTRY.get(country.toUpperCase()) ?? null;
