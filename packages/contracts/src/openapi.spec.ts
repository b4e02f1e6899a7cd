import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { endpoints } from './http/endpoints.ts';
import { ERROR_CODES } from './http/problem.ts';
import { openApiDocument } from './openapi.ts';

const docs = join(import.meta.dirname, '../../../docs');
const document = openApiDocument() as unknown as {
  openapi: string;
  paths: Record<string, Record<string, { operationId: string; parameters?: { name: string; in: string }[] }>>;
  components: { schemas: Record<string, unknown> };
};

describe('the OpenAPI document', () => {
  test('equals the committed file (npm run openapi writes it)', () => {
    expect(JSON.parse(readFileSync(join(docs, 'openapi.json'), 'utf8'))).toEqual(JSON.parse(JSON.stringify(document)));
  });

  test('has every endpoint once', () => {
    const ids = Object.values(document.paths).flatMap((operations) =>
      Object.values(operations).map((operation) => operation.operationId),
    );
    expect(ids.sort()).toEqual([...Object.keys(endpoints), 'live'].sort());
  });

  test('declares every parameter of every path', () => {
    for (const [path, operations] of Object.entries(document.paths)) {
      const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      for (const operation of Object.values(operations)) {
        const declared = (operation.parameters ?? [])
          .filter((parameter) => parameter.in === 'path')
          .map((parameter) => parameter.name);
        expect(declared, `${operation.operationId} ${path}`).toEqual(names);
      }
    }
  });

  test('refers only to existing components', () => {
    const references = JSON.stringify(document).match(/#\/components\/schemas\/\w+/g) ?? [];
    expect(references.length).toBeGreaterThan(20);
    for (const reference of references)
      expect(document.components.schemas).toHaveProperty(reference.split('/').at(-1)!);
  });
});

test('every error code has a page', () => {
  expect(readdirSync(join(docs, 'errors')).sort()).toEqual(
    Object.keys(ERROR_CODES)
      .map((code) => `${code}.md`)
      .sort(),
  );
});
