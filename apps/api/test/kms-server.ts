import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A key management service that speaks the transit API as Vault documents it: keys, encrypt, decrypt. */
export interface KmsServer {
  url: string;
  /** What it was asked, by method and path. */
  asked: string[];
  /** Adds a version of the key; former versions still decrypt. */
  rotate(): void;
  stop(): Promise<void>;
}

interface Asked {
  plaintext: string;
  ciphertext: string;
  associated_data: string;
}

export async function startKms(options: { token: string; key: string; mount: string }): Promise<KmsServer> {
  const versions = [randomBytes(32)];
  const asked: string[] = [];
  const decode = (text: string) => Buffer.from(text, 'base64');

  function answer(path: string, body: Asked): [number, object] {
    if (path === `/v1/${options.mount}/keys/${options.key}`)
      return [200, { data: { latest_version: versions.length } }];
    if (path === `/v1/${options.mount}/encrypt/${options.key}`) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', versions.at(-1)!, nonce).setAAD(decode(body.associated_data));
      const sealed = Buffer.concat([cipher.update(decode(body.plaintext)), cipher.final()]);
      const text = Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
      return [200, { data: { ciphertext: `vault:v${versions.length}:${text}`, key_version: versions.length } }];
    }
    if (path === `/v1/${options.mount}/decrypt/${options.key}`) {
      const [, version, text] = body.ciphertext.split(':');
      const bytes = decode(text!);
      try {
        const key = versions[Number(version!.slice(1)) - 1]!;
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), { authTagLength: 16 })
          .setAAD(decode(body.associated_data))
          .setAuthTag(bytes.subarray(12, 28));
        const plain = Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]);
        return [200, { data: { plaintext: plain.toString('base64') } }];
      } catch {
        return [400, { errors: ['cipher: message authentication failed'] }];
      }
    }
    return [404, { errors: [] }];
  }

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      asked.push(`${request.method} ${request.url}`);
      const text = Buffer.concat(chunks).toString();
      const [status, body] =
        request.headers['x-vault-token'] === options.token
          ? answer(request.url!, (text === '' ? {} : JSON.parse(text)) as Asked)
          : ([403, { errors: ['permission denied'] }] as const);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    rotate: () => void versions.push(randomBytes(32)),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
