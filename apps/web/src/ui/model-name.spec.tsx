import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { ModelName } from './model-name.tsx';

const shown = (of: Parameters<typeof ModelName>[0]['of']) =>
  renderToStaticMarkup(<ModelName of={of} />).replaceAll(/<[^>]*>/g, '|');

test('a cell has the model, or says that it is not known, and to a screen reader why', () => {
  expect(shown({ model: 'SN4114', modelReason: null })).toBe('SN4114');
  const unknown = shown({ model: null, modelReason: 'not-reported' });
  expect(unknown.split('|').filter((text) => text !== '')).toEqual([
    'Model not known',
    'Model not known: the gateway does not report it',
  ]);
});
