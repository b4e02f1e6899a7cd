/** A data key as it is stored. */
export interface WrappedKey {
  /** The master key under which it is wrapped. */
  masterKeyId: string;
  wrapped: Buffer;
}

/** Master keys: they wrap data keys and nothing else. One is current; former ones still unwrap. */
export interface MasterKeys {
  /** The key under which `wrap` wraps now. */
  currentId(): Promise<string>;
  wrap(key: Buffer, bound: string): Promise<WrappedKey>;
  /** Throws an Error of one sentence where the master key is not there or the bytes were changed. */
  unwrap(wrapped: WrappedKey, bound: string): Promise<Buffer>;
}

/** Injection token of the master keys. */
export const MASTER_KEYS = Symbol('master keys');
