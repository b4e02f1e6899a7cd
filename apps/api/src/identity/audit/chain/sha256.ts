import { hash } from 'node:crypto';
import type { Sha256 } from '@loopstart/domain';

/** SHA-256 (FIPS 180-4) of the UTF-8 bytes of a text, in hexadecimal. */
export const sha256: Sha256 = (text) => hash('sha256', text, 'hex');
