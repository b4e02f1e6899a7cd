import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Controller, Get, Inject, Param, Res } from '@nestjs/common';
import type { Response } from 'express';
import { CONFIG, type Config } from '../../../core/config.ts';
import { ProblemError } from '../../../core/http/problem-error.ts';
import { PkiService } from '../../pki/index.ts';
import { fillIn } from './fill-in.ts';

const TEMPLATE = join(import.meta.dirname, '../../../../../../infra/agent/install.sh');
const BUNDLE = /^loopstart-agent-linux-(x64|arm64)\.tar\.gz(\.sha256)?$/;

/**
 * The downloads of a technician's one-line command: the installer and the agent's bundle. Neither contains a secret.
 */
@Controller()
export class InstallController {
  readonly #hashes = new Map<string, { mtimeMs: number; sha256: string }>();

  constructor(
    private readonly pki: PkiService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get('install.sh')
  async installer(@Res() response: Response): Promise<void> {
    const script = fillIn(readFileSync(TEMPLATE, 'utf8'), {
      API_URL: this.config.PUBLIC_URL.replace(/\/$/, ''),
      CA_SHA256: this.pki.caSha256,
      SHA256_X64: await this.#sha256('x64'),
      SHA256_ARM64: await this.#sha256('arm64'),
    });
    response.type('text/x-shellscript; charset=utf-8').setHeader('cache-control', 'no-store').send(script);
  }

  @Get('agent/:file')
  bundle(@Param('file') file: string, @Res() response: Response): void {
    const path = this.#path(file);
    if (path === null) throw new ProblemError('not-found', { detail: 'There is no such bundle on this server.' });
    response.sendFile(path);
  }

  #path(file: string): string | null {
    if (this.config.AGENT_BUNDLE_DIR === undefined || !BUNDLE.test(file)) return null;
    const path = join(this.config.AGENT_BUNDLE_DIR, file);
    return existsSync(path) ? path : null;
  }

  /** The hash of a bundle, computed once for each state of its file; null where there is no bundle for the architecture. */
  async #sha256(arch: string): Promise<string | null> {
    const path = this.#path(`loopstart-agent-linux-${arch}.tar.gz`);
    if (path === null) return null;
    const { mtimeMs } = statSync(path);
    const known = this.#hashes.get(path);
    if (known?.mtimeMs === mtimeMs) return known.sha256;
    const hash = createHash('sha256');
    await pipeline(createReadStream(path), hash);
    const sha256 = hash.digest('hex');
    this.#hashes.set(path, { mtimeMs, sha256 });
    return sha256;
  }
}
