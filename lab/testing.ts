import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { readSigner, type Signer } from '../wapt/index.ts';
import type { Lab } from './lab.ts';

/** An answer as a test looks at it. */
export type TestAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
  readonly text: string;
  /** The body as JSON; throws when it is none. */
  readonly json: () => {
    readonly success: boolean;
    readonly msg: string;
    readonly error_code?: string;
    readonly result: unknown;
  };
};

/** Sends one request over real HTTPS, trusting the lab's own authority alone. */
export type TestClient = (
  method: string,
  target: string,
  options?: {
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string | Buffer;
    readonly json?: unknown;
    readonly user?: string | null;
  },
) => Promise<TestAnswer>;

/** A client of a lab that signs in by Basic, as `admin` unless told otherwise. */
export function testClient(lab: Pick<Lab, 'url' | 'caPem' | 'users'>): TestClient {
  const agent = new Agent({ ca: lab.caPem, keepAlive: false });
  return (method, target, options = {}) =>
    new Promise((resolve, reject) => {
      const user = options.user === null ? undefined : lab.users.find((one) => one.name === (options.user ?? 'admin'));
      const body = options.json === undefined ? options.body : JSON.stringify(options.json);
      const headers: Record<string, string> = {
        ...(user === undefined
          ? {}
          : { Authorization: `Basic ${Buffer.from(`${user.name}:${user.password}`).toString('base64')}` }),
        ...(options.json === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) }),
        ...options.headers,
      };
      const outgoing = request(`${lab.url}${target}`, { method, agent, headers }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => {
          const whole = Buffer.concat(parts);
          const text = whole.toString('utf8');
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: whole,
            text,
            json: () => JSON.parse(text) as ReturnType<TestAnswer['json']>,
          });
        });
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });
}

/** The demonstration's signer of a lab, opened. */
export const labSigner = (lab: Pick<Lab, 'signer'>): Signer =>
  readSigner({
    certificatePem: readFileSync(lab.signer.certificateFile, 'utf8'),
    keyPem: readFileSync(lab.signer.keyFile, 'utf8'),
    passphrase: lab.signer.passphrase,
  });

/** Asks until the answer satisfies; throws what was last seen after `milliseconds`. */
export async function eventually<T>(
  ask: () => Promise<T>,
  satisfied: (value: T) => boolean,
  milliseconds = 20_000,
): Promise<T> {
  const end = Date.now() + milliseconds;
  for (;;) {
    const value = await ask();
    if (satisfied(value)) return value;
    if (Date.now() > end) throw new Error(`still ${JSON.stringify(value)?.slice(0, 2000)}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
