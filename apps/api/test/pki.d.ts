import 'reflect-metadata';
import { type KeyObject } from 'node:crypto';
export declare const P521: {
  name: string;
  namedCurve: string;
  hash: string;
};
export declare const RSA_2048: {
  name: string;
  hash: string;
  modulusLength: number;
  publicExponent: Uint8Array<ArrayBuffer>;
};
export interface Csr {
  csrPem: string;
  key: KeyObject;
  keyPem: string;
}
/** A certificate request for a new key. */
export declare function makeCsr(algorithm?: { name: string; hash: string }): Promise<Csr>;
/** A certificate request whose signature is not by its key. */
export declare function makeForgedCsr(): Promise<string>;
//# sourceMappingURL=pki.d.ts.map
