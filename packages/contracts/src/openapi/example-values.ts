/** Plausible values of fields by name. A value is taken only where its schema permits it. */
export const EXAMPLE_TEXTS: readonly (readonly [field: RegExp, value: string])[] = [
  [/^(time_?zone|zone)$/i, 'Europe/London'],
  [/email/i, 'ann@example.com'],
  [/url$/i, 'https://hooks.example.com/loopstart'],
  [/probeAddress/, 'gw.example.com:443'],
  [/mac/i, '00:0b:82:a1:b2:c3'],
  [/^(address|host|lastUsedAddress)$/i, '192.0.2.17'],
  [/hostname/i, 'site-box-1'],
  [/version|firmware/i, '1.0.39.6'],
  [/vendor/i, 'Grandstream'],
  [/model/i, 'HT814'],
  [/serial/i, '20EZ14BK60A1B2C3'],
  [/^(number|phone)/i, '+44 20 7946 0123'],
  [/label/i, 'Reception'],
  [/city/i, 'Hull'],
  [/^(handOverAt|startsAt|from|to|time)$/i, '09:00'],
  [/^(startsOn|endsOn|day|date)/i, '2026-12-01'],
  [/(startsAt|endsAt|until|at)$/i, '2026-12-01T09:00:00.000Z'],
  [/reason|note|comment|text|description|detail|sentence/i, 'Agreed with the site'],
  [/title|summary/i, 'Lift phone has no dial tone'],
  [/^(name|.*Name)$/, 'Harbour Hotel'],
  [/tag/i, 'north'],
  [/sha256/i, 'c0ffee00'.repeat(8)],
  [/csrPem/, '-----BEGIN CERTIFICATE REQUEST-----'.padEnd(200, 'A')],
  [/password/i, 'correct horse battery staple'],
  [/hint/i, 'lst_8KqR'],
  [/^code$/, '123456'],
  [/secret|token/i, 'shown-once-and-never-again-'.padEnd(43, 'x')],
  [/cursor/i, 'WyIyMDI2LTEyLTAxIl0'],
];

/** Numbers in their units by the end of a name. */
export const EXAMPLE_NUMBERS: readonly (readonly [field: RegExp, value: number])[] = [
  [/temperatureC$/, 41],
  [/voltageV$|V$/, 48],
  [/currentMa$|Ma$/, 21],
  [/Ohm$|impedance/i, 600],
  [/Pct$|percent/i, 12],
  [/Days?$/, 90],
  [/Hours?$/, 24],
  [/Minutes?$/, 60],
  [/lat(itude)?$/i, 53.74],
  [/lon(gitude)?$|lng$/i, -0.33],
  [/position|priority|seq/i, 1],
  [/limit/i, 50],
  [/S$/, 60],
  [/Ms$/, 1500],
];

export const EXAMPLE_ID = '3f9c1c1e-6a3f-4d8e-9d0a-0f1e2d3c4b5a';
export const EXAMPLE_INSTANT = '2026-12-01T09:00:00.000Z';
