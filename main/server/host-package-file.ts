import type { ConsoleError } from '../../contract/errors.ts';
import { ok, type Result } from '../../domain/result.ts';
import { packageFilename } from '../../wapt/index.ts';
import { readBody } from './body.ts';
import type { ServerClient } from './client.ts';
import { openFile } from './repository.ts';

/**
 * The package of one host as the server has it now, at most 64 MB; null where it has none (protocol 6.4). There is no index of these: the file
 * itself says what is published.
 */
export async function readHostPackage(
  client: ServerClient,
  uuid: string,
  signal?: AbortSignal,
): Promise<Result<Uint8Array | null, ConsoleError>> {
  const path = `/wapt-host/${packageFilename({ package: uuid, section: 'host' })}`;
  const opened = await openFile(client, path, null, signal);
  if (!opened.ok) return opened.error.code === 'absent' ? ok(null) : opened;
  const { json: limit, readMs } = client.transport.limits;
  const facts = client.transport.factsOf({ path });
  return readBody(opened.value.response, { limit, readMs, facts, signal: opened.value.signal });
}
