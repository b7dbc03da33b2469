import type { ConsoleError } from '../../contract/errors.ts';
import { ok, type Result } from '../../domain/result.ts';
import { bareKb, type Update } from '../../domain/update.ts';
import type { ServerClient } from './client.ts';
import { operate } from './dialect.ts';
import { type Read, readRecord, readRows, record, text, texts } from './tolerant.ts';
import { toUpdate, updateShape } from './update-shape.ts';

/** Updates of one answer. */
export interface UpdatePage {
  readonly updates: readonly Update[];
  /** The answer had exactly as many rows as were asked for: there may be more. */
  readonly isCutOff: boolean;
  readonly skipped: number;
}

/** A document of the 2015 servers (protocol 4.6). */
const documentShape = {
  update_id: text,
  title: text,
  kb_article_id: text,
  msrc_severity: text,
  security_bulletin_id: text,
  categories: record,
  languages: texts,
  creation_date: text,
} as const;

const one = (value: string | null): readonly string[] => (value === null || value === '' ? [] : [value]);

const name = (value: unknown): string | null =>
  typeof value === 'string' ? value : Array.isArray(value) && typeof value[0] === 'string' ? value[0] : null;

function fromDocument(raw: Read<typeof documentShape>): Update | null {
  const { update_id, title, languages } = raw;
  const known = readRecord(
    updateShape,
    { update_id, title, languages },
    { route: 'windows_updates', onOdd: () => undefined },
  );
  const blank = known === null ? null : toUpdate(known);
  if (blank === null) return null;
  return {
    ...blank,
    kbids: one(raw.kb_article_id).map(bareKb),
    severity: raw.msrc_severity,
    securityBulletinIds: one(raw.security_bulletin_id),
    product: name(raw.categories?.['Product']),
    classification: name(raw.categories?.['UpdateClassification']),
    changetime: raw.creation_date,
  };
}

/**
 * The updates that the server knows (protocol 4.2, 4.8): what hosts reported. `absent` in the derived dialect, where the list is made from
 * `hostUpdates` of each host.
 */
export async function listUpdates(
  client: ServerClient,
  options: { readonly limit?: number; readonly offset?: number } = {},
  signal?: AbortSignal,
): Promise<Result<UpdatePage, ConsoleError>> {
  const limit = options.limit ?? 20_000;
  const answer = await operate(client, 'list-updates', { limit, offset: options.offset ?? 0 }, signal);
  if (!answer.ok) return answer;
  const route = client.dialect.routes['list-updates'];
  const source = { route: route?.path ?? 'list-updates', onOdd: client.onOdd };
  const read =
    client.dialect.name === 'v2'
      ? readRows(documentShape, answer.value.result, source, fromDocument)
      : readRows(updateShape, answer.value.result, source, toUpdate);
  if (!read.ok) return read;
  const { rows, skipped } = read.value;
  const isLimited = route?.parameters.limit !== undefined;
  return ok({ updates: rows, skipped, isCutOff: isLimited && rows.length + skipped >= limit });
}
