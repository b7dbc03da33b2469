import type { ConsoleError } from '../../contract/errors.ts';
import { ok, type Result } from '../../domain/result.ts';
import { packageFilename } from '../../wapt/index.ts';
import { readBody } from './body.ts';
import type { ServerClient } from './client.ts';
import { openFile } from './repository.ts';
import { type Read, readRecord, readRows, record, text, texts } from './tolerant.ts';

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

const placeShape = { uuid: text, computer_ad_groups: texts, host_capabilities: record } as const;

/** Names by which profile packages reach hosts: the directory groups of each computer, as the server or the host itself names them. */
export async function directoryGroups(
  client: ServerClient,
  signal?: AbortSignal,
): Promise<Result<ReadonlyMap<string, readonly string[]>, ConsoleError>> {
  const route = '/api/v3/hosts';
  const query = { columns: 'uuid,computer_ad_groups,host_capabilities', limit: 20_000 };
  const answer = await client.ask({ method: 'GET', path: route, query }, signal);
  if (!answer.ok) return answer;
  const source = { route, onOdd: client.onOdd };
  const toGroups = (raw: Read<typeof placeShape>): readonly [string, readonly string[]] | null => {
    if (raw.uuid === null) return null;
    const known = readRecord({ host_profiles: texts }, raw.host_capabilities ?? {}, source);
    return [raw.uuid, [...raw.computer_ad_groups, ...(known?.host_profiles ?? [])]];
  };
  const read = readRows(placeShape, answer.value.result, source, toGroups);
  return read.ok ? ok(new Map(read.value.rows)) : read;
}
