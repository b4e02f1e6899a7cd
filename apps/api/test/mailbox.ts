import { SMTPServer } from 'smtp-server';
import type { AddressInfo } from 'node:net';
import { vi, expect } from 'vitest';

export interface ReceivedMail {
  to: string[];
  /** With its headers, decoded. */
  text: string;
  /** The secret behind the # of its link; null: it has none. */
  token: string | null;
}

/** A mail server on loopback that keeps what it gets. `refuse` answers the next mails with this code. */
export async function startMailServer() {
  const mails: ReceivedMail[] = [];
  let refusal: number | null = null;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (refusal !== null) return done(Object.assign(new Error('not now'), { responseCode: refusal }));
        const text = decoded(Buffer.concat(chunks).toString('utf8'));
        const token = /\/(?:invitation|reset|confirm-email)#([\w-]{43})/u.exec(text)?.[1] ?? null;
        mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), text, token });
        done();
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    mails,
    refuse: (code: number | null) => (refusal = code),
    /** The next mail to an address whose text matches; it is taken out. */
    async next(to: string, matching = /./u): Promise<ReceivedMail> {
      const find = () => mails.findIndex((mail) => mail.to.includes(to) && matching.test(mail.text));
      await vi.waitFor(() => expect(find()).toBeGreaterThanOrEqual(0), { timeout: 10_000, interval: 20 });
      return mails.splice(find(), 1)[0]!;
    },
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

/** Quoted-printable and folded lines, as far as our texts use them. */
function decoded(raw: string): string {
  return raw
    .replaceAll(/=\r\n/gu, '')
    .replaceAll(/(?:=[0-9A-F]{2})+/gu, (run) => Buffer.from(run.replaceAll('=', ''), 'hex').toString('utf8'));
}
