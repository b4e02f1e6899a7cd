import { expect, test } from 'vitest';
import { parseViews, withView } from './saved-views.ts';

test.for([null, '', '{', '[1]', '[{"name":1}]'])('%j holds no views', (text) => expect(parseViews(text)).toEqual([]));

test('a view takes the place of the one of its name, and views are in the order of their names', () => {
  const views = withView(
    withView([{ name: 'Dead', search: '?severity=critical' }], { name: 'All lifts', search: '?a=1' }),
    {
      name: 'Dead',
      search: '?severity=wrong',
    },
  );
  expect(views.map(({ name, search }) => `${name} ${search}`)).toEqual(['All lifts ?a=1', 'Dead ?severity=wrong']);
  expect(parseViews(JSON.stringify(views))).toEqual(views);
});
