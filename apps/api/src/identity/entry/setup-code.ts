import { createHmac } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../core/config.ts';
import { sameText } from '../../core/http/same-text.ts';
import { LOGGER, type Logger } from '../../core/observe/logger.ts';

/** Letters and digits that nobody mixes up (Crockford's base 32). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 80 bits. */
const LENGTH = 16;
const GROUP = 4;

/**
 * Who may set an empty system up: whoever reads the log of the API or its file, and so runs the machine. The code comes from
 * the installation's secret key: all API processes have the same one, and none has to store it.
 */
@Injectable()
export class SetupCode {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  get #code(): string {
    const bytes = createHmac('sha256', this.config.secretKeys()[0]!).update('set-up code').digest();
    return Array.from({ length: LENGTH }, (_, index) => ALPHABET[bytes[index]! & 31]).join('');
  }

  /** Whether this is the code, however it was spaced or written. */
  matches(given: string): boolean {
    const plain = given
      .toUpperCase()
      .replaceAll(/[^0-9A-Z]/gu, '')
      .replaceAll('O', '0')
      .replaceAll(/[IL]/gu, '1');
    return sameText(plain, this.#code);
  }

  /** Prints the code and writes it to the file of SETUP_CODE_FILE: there is no operator yet. */
  announce(): void {
    const code = this.#code.match(new RegExp(`.{${GROUP}}`, 'gu'))!.join('-');
    const url = `${this.config.PUBLIC_URL.replace(/\/$/, '')}/setup`;
    process.stdout.write(
      `${JSON.stringify({ level: 30, msg: 'this system is empty: set it up', url, setupCode: code })}\n`,
    );
    this.#onFile((file) => writeFileSync(file, `${code}\n`, { mode: 0o600 }));
  }

  /** Removes the file: the code opens nothing any more. */
  forget(): void {
    this.#onFile((file) => rmSync(file, { force: true }));
  }

  #onFile(work: (file: string) => void): void {
    const { SETUP_CODE_FILE: file } = this.config;
    if (file === undefined) return;
    try {
      work(file);
    } catch (error) {
      this.log.warn({ err: error, file }, 'failed to write or remove the file of the set-up code');
    }
  }
}
