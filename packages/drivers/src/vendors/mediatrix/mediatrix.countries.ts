import { enumOf } from '../../engine/codecs.ts';

/** countrySelection of MX-TELIF-MIB, as far as its list is known here; another number is not understood. */
export const countries = enumOf({
  900: 'Argentina 1',
  1000: 'Australia 1',
  1100: 'Australia 2',
  2000: 'Austria 1',
  3000: 'Brazil 1',
  4000: 'China 1',
  4500: 'Czech Republic 1',
  5000: 'Denmark 1',
  6000: 'France 1',
  7000: 'Germany 1',
  7100: 'Germany 2',
  10100: 'Israel 2',
  11000: 'Italy 1',
  12100: 'Japan 2',
  14000: 'Mexico 1',
  15000: 'Netherlands 1',
  16000: 'New Zealand 1',
  17000: 'North America 1',
  18000: 'Russia 1',
  19000: 'Spain 1',
  20000: 'Sweden 1',
});
