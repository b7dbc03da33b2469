import { createServer, request as send } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** A proxy between a browser and the console, on which a test breaks what is open. */
export interface CuttingProxy {
  readonly server: string;
  /** Breaks every connection; until `mend` no new one is made. */
  readonly cut: () => void;
  readonly mend: () => void;
  readonly stop: () => Promise<void>;
}

/** Starts the proxy; it passes plain requests on, as they are. */
export async function startCuttingProxy(): Promise<CuttingProxy> {
  const sockets = new Set<Socket>();
  let isCut = false;
  const proxy = createServer((incoming, outgoing) => {
    const { method, headers } = incoming;
    const onward = send(incoming.url ?? '', { method, headers, agent: false }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    outgoing.on('close', () => onward.destroy());
    incoming.pipe(onward);
  });
  proxy.on('connection', (socket) => {
    if (isCut) socket.destroy();
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
  const { port } = proxy.address() as AddressInfo;
  const cut = (): void => {
    isCut = true;
    for (const socket of sockets) socket.destroy();
  };
  return {
    server: `http://127.0.0.1:${port}`,
    cut,
    mend: () => {
      isCut = false;
    },
    stop: () =>
      new Promise((done) => {
        proxy.close(() => done());
        cut();
      }),
  };
}
