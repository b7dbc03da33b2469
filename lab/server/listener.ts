import type { Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Fault } from '../options.ts';
import { type Identity, issueServerCertificate, makeTlsAuthority, type Tls } from './certificates.ts';

/** The port of a lab and the certificate it shows, both of which may be made to fail while the lab runs. */
export type Listener = {
  readonly port: number;
  readonly apply: (kind: Fault['kind']) => Promise<void>;
  readonly restore: () => Promise<void>;
};

const certificateFaults = [
  'expired-certificate',
  'wrong-name-certificate',
  'changed-certificate',
  'unknown-authority',
] as const;

/** Begins to listen on 127.0.0.1; `port` 0 takes a free one. */
export async function listen(app: FastifyInstance, wantedPort: number, tls: Tls): Promise<Listener> {
  await app.listen({ host: '127.0.0.1', port: wantedPort });
  const server = app.server as unknown as Server;
  const { port } = server.address() as AddressInfo;
  let down = false;

  const show = (identity: Identity): void => {
    server.setSecureContext({ cert: identity.certificatePem, key: identity.keyPem });
    server.closeAllConnections();
  };
  const identityFor = async (kind: (typeof certificateFaults)[number]): Promise<Identity> => {
    if (kind === 'unknown-authority') return issueServerCertificate(await makeTlsAuthority(), 'good');
    const leaf = {
      'expired-certificate': 'expired',
      'wrong-name-certificate': 'wrong-name',
      'changed-certificate': 'good',
    } as const;
    return issueServerCertificate(tls.authority, leaf[kind]);
  };

  return {
    port,
    apply: async (kind) => {
      const certificate = certificateFaults.find((one) => one === kind);
      if (certificate !== undefined) show(await identityFor(certificate));
      if (kind === 'down' && !down) {
        down = true;
        await new Promise<void>((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        });
      }
    },
    restore: async () => {
      if (down) await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
      down = false;
      show(tls.leaf);
    },
  };
}
