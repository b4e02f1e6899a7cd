import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type TestApp, type TestOperator } from './app.ts';

const ROOT = join(import.meta.dirname, '../../..');
/** Paths that a page may name and that nobody asks for: folders of the repository, and what all endpoints begin with. */
const NOT_ASKED = /^\/api\/((src|test|bench)\b|v1$)/;
const METRICS_TOKEN = 'a token for the metrics';

interface DocumentedPath {
  file: string;
  method: string;
  path: string;
}

/** Paths of the API that README and docs name in code marks, with the method where one stands before. */
function documentedPaths(): DocumentedPath[] {
  const docs = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' });
  const pages = ['README.md', ...docs.filter((name) => name.endsWith('.md')).map((name) => join('docs', name))];
  return pages.flatMap((file) =>
    [
      ...readFileSync(join(ROOT, file), 'utf8').matchAll(
        /`(?:(GET|POST|PUT|PATCH|DELETE) )?(\/(?:api|docs|openapi\.json|readyz|healthz|metrics)[^`\s?]*)[^`]*`/g,
      ),
    ]
      .map(([, method = 'GET', path = '']) => ({ file, method, path }))
      .filter(({ path }) => !NOT_ASKED.test(path)),
  );
}

describe('every path that the documents name is answered', () => {
  let api: TestApp;
  let oak: TestOperator;
  beforeAll(async () => {
    api = await startApp({ env: { METRICS_TOKEN } });
    oak = await api.operator('Oak');
  });
  afterAll(() => api.close());

  test('the documents name some', () => {
    expect(documentedPaths().map(({ path }) => path)).toContain('/openapi.json');
  });

  test.for(documentedPaths())('$method $path in $file', async ({ method, path }) => {
    // Parameters are given as `:name`; a path that exists then answers that the id is wrong, by its own 404 or 400.
    const response = await fetch(api.url + path.replaceAll(/:\w+/g, 'x'), {
      method,
      headers: {
        cookie: oak.cookie,
        'x-loopstart-csrf': '1',
        'content-type': 'application/json',
        ...(path === '/metrics' ? { authorization: `Bearer ${METRICS_TOKEN}` } : {}),
      },
      ...(method === 'GET' ? {} : { body: '{}' }),
    });
    if (path.includes(':')) expect(await response.text()).not.toContain('Cannot ');
    else {
      expect(response.status).not.toBe(404);
      // The live stream has no end to wait for.
      await response.body?.cancel();
    }
  });
});
