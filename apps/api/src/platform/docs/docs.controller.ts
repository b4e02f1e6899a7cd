import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Controller, Get, Param, Res } from '@nestjs/common';
import { ERROR_CODES, openApiDocument } from '@loopstart/contracts';
import type { Response } from 'express';
import { ProblemError } from '../../core/http/problem-error.ts';

const DOCS = join(import.meta.dirname, '../../../../../docs');
const SWAGGER = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
const ASSETS = new Set(['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png']);
const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Loopstart API</title><meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="/docs/assets/swagger-ui.css"><link rel="icon" href="/docs/assets/favicon-32x32.png"></head>
<body><div id="api"></div><script src="/docs/assets/swagger-ui-bundle.js"></script><script src="/docs/assets/start.js"></script></body></html>`;
const START = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#api', deepLinking: true, validatorUrl: null });`;

/** The API's documentation: as a document, as a page to read, and a page for each error code. */
@Controller()
export class DocsController {
  readonly #document = openApiDocument();

  @Get('openapi.json')
  document() {
    return this.#document;
  }

  @Get('docs')
  page(@Res() response: Response): void {
    response
      .setHeader(
        'content-security-policy',
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'",
      )
      .type('html')
      .send(PAGE);
  }

  @Get('docs/assets/:file')
  asset(@Param('file') file: string, @Res() response: Response): void {
    if (file === 'start.js') {
      response.type('js').send(START);
      return;
    }
    if (!ASSETS.has(file)) throw new ProblemError('not-found');
    response.sendFile(join(SWAGGER, file));
  }

  @Get('docs/errors/:code')
  error(@Param('code') code: string, @Res() response: Response): void {
    const file = join(DOCS, 'errors', `${code}.md`);
    if (!(code in ERROR_CODES) || !existsSync(file)) throw new ProblemError('not-found');
    response.type('text/markdown; charset=utf-8').sendFile(file);
  }
}
