import { createTranslator } from 'use-intl/core';
import { expect, test } from 'vitest';
import { pseudoMessage, pseudoMessages } from './pseudo.ts';

test.for([
  ['Add an agent', 'Áđđ áñ áǵéñţ'],
  ['Port {position, number} of {name}', 'Ƥóŕţ {position, number} óƒ {name}'],
  ['{n, plural, one {# line} other {# lines}}', '{n,plural,one{# ĺíñé} other{# ĺíñéš}}'],
  ['Request <code>{id}</code>', 'Ŕéɋúéšţ <code>{id}</code>'],
])('%s → %s', ([message, pseudo]) => {
  expect(pseudoMessage(message!)).toBe(pseudo);
});

test('groups keep their keys, and arguments are formatted as before', () => {
  const messages = { found: 'Found {n, plural, one {# gateway} other {# gateways}} at {site}', state: { up: 'Up' } };
  const t = createTranslator({ locale: 'en-GB', messages: pseudoMessages(messages) as typeof messages });
  expect(t('found', { n: 1200, site: 'Leeds' })).toBe('Ƒóúñđ 1,200 ǵáţéŵáýš áţ Leeds');
  expect(t('state.up')).toBe('Úƥ');
});
