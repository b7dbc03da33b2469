import type { ConsoleError } from '../../../contract/errors.ts';
import type { Draft } from '../../../contract/schemas/packages.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import type { Rules } from '../../../domain/rules.ts';
import type { Context } from '../context.ts';
import { first } from '../sql.ts';
import type { Basis } from './basis.ts';
import { relevant } from './contents.ts';

/** A draft as forecasts look at it. */
export interface OpenDraft {
  readonly draft: Omit<Draft, 'rules'>;
  readonly rules: Rules;
  /** Without what concerns no known update. */
  readonly relevant: Rules;
}

/** Reads a draft; `not-found`. */
export type ReadDraft = (draftId: string) => Result<OpenDraft, ConsoleError>;

/** Reads drafts for forecasts from the database. */
export function draftReader({ db }: Context, basisNow: () => Basis): ReadDraft {
  const one = db.prepare('SELECT draft FROM drafts WHERE id = ?');
  return (draftId) => {
    const line = first<{ draft: string }>(one, draftId);
    if (line === undefined) return fail({ code: 'not-found' });
    const { rules, ...draft } = JSON.parse(line.draft) as Draft;
    return ok({ draft, rules, relevant: relevant(rules, basisNow().index) });
  };
}
