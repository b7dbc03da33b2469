import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { ConsoleError } from '../../../contract/errors.ts';
import type { FleetSet, Where } from '../../../contract/schemas/fleet.ts';
import { useCall } from '../../app/console.ts';
import { readWhere, WHERE } from './where.ts';

/** What the address restricts a list to. */
export interface WhereState {
  /** The restriction as the address has it; null: there is none. */
  readonly text: string | null;
  /** Null where the text says no set. */
  readonly where: Where | null;
  /** What is in the set; undefined until it is answered. */
  readonly set: FleetSet | undefined;
  readonly error: ConsoleError | null;
  readonly isPending: boolean;
  readonly remove: () => void;
}

const nothing: Where = { kind: 'compliance', dimension: 'fleet', key: '', measure: 'hosts' };

/** Reads the restriction of the address and asks main what is in it. */
export function useWhere(): WhereState {
  const [query, setQuery] = useSearchParams();
  const text = query.get(WHERE);
  const where = useMemo(() => (text === null ? null : readWhere(text)), [text]);
  const answer = useCall('fleet.behind', { where: where ?? nothing }, { enabled: where !== null });
  const remove = useCallback(
    () =>
      setQuery((before) => {
        const next = new URLSearchParams(before);
        next.delete(WHERE);
        return next;
      }),
    [setQuery],
  );
  return {
    text,
    where,
    set: where === null ? undefined : answer.data,
    error: where === null ? null : (answer.error?.error ?? null),
    isPending: where !== null && answer.isPending,
    remove,
  };
}
