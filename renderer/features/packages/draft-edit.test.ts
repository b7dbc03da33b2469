import { describe, expect, it, vi } from 'vitest';
import { fail, ok } from '../../../domain/result.ts';
import { emptyRules, withEntries } from '../../../domain/rules.ts';
import { type DraftContent, duplicateOf, edit, newDraft, openEdit } from './draft-edit.ts';
import { DraftSaver, type SaveState } from './draft-saver.ts';

const start = openEdit(newDraft('acme-wsus', emptyRules));
const allow = (...ids: string[]) =>
  ({ kind: 'rules', change: (rules) => withEntries(rules, 'allowedUpdates', ids) }) as const satisfies Parameters<
    typeof edit
  >[1];

describe('edit', () => {
  it('undoes and redoes changes of rules, and keeps the fields meanwhile', () => {
    let state = edit(edit(start, allow('a_1')), allow('b_1'));
    state = edit(state, { kind: 'field', field: 'description', value: 'Servers' });
    state = edit(state, { kind: 'undo' });
    expect(state.content.rules.allowedUpdates).toEqual(['a_1']);
    expect(state.content.description).toBe('Servers');
    state = edit(state, { kind: 'redo' });
    expect(state.content.rules.allowedUpdates).toEqual(['a_1', 'b_1']);
    expect(state.content.description).toBe('Servers');
  });

  it('is the same state where nothing changes', () => {
    const state = edit(start, allow('a_1'));
    expect(edit(state, allow('a_1'))).toBe(state);
    expect(edit(state, { kind: 'field', field: 'package', value: 'acme-wsus' })).toBe(state);
    expect(edit(state, { kind: 'redo' })).toBe(state);
  });

  it('forgets what was undone once one goes on', () => {
    const state = edit(edit(edit(start, allow('a_1')), { kind: 'undo' }), allow('b_1'));
    expect(edit(state, { kind: 'redo' })).toBe(state);
  });
});

describe('duplicateOf', () => {
  it('starts a new package with the same rules', () => {
    const content = edit(start, allow('a_1')).content;
    expect(duplicateOf({ ...content, base: { filename: 'f', version: '3' } }, 'acme-wsus-2')).toMatchObject({
      package: 'acme-wsus-2',
      base: null,
      rules: { allowedUpdates: ['a_1'] },
    });
  });
});

describe('DraftSaver', () => {
  const content = (description: string): DraftContent => ({ ...start.content, description });

  it('writes the last of a burst once, after the quiet', async () => {
    vi.useFakeTimers();
    const written: string[] = [];
    const states: SaveState['kind'][] = [];
    const saver = new DraftSaver({
      save: (draft) => {
        written.push(draft.description);
        return Promise.resolve(ok({ ...draft, id: '1', savedAt: '2026-01-01T00:00:00Z' }));
      },
      onState: (state) => states.push(state.kind),
      delay: 300,
    });
    saver.change(content('a'));
    await vi.advanceTimersByTimeAsync(200);
    saver.change(content('ab'));
    await vi.advanceTimersByTimeAsync(299);
    expect(written).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(written).toEqual(['ab']);
    expect(states.at(-1)).toBe('saved');
    vi.useRealTimers();
  });

  it('writes one after the other, and flush waits for the newest', async () => {
    const written: string[] = [];
    let free: (() => void) | undefined;
    const saver = new DraftSaver({
      save: async (draft) => {
        written.push(`start ${draft.description}`);
        if (free === undefined) await new Promise<void>((resolve) => (free = resolve));
        written.push(`end ${draft.description}`);
        return ok({ ...draft, id: '1', savedAt: 'now' });
      },
      onState: () => undefined,
      delay: 10_000,
    });
    saver.change(content('a'));
    const first = saver.flush();
    saver.change(content('b'));
    const second = saver.flush();
    free?.();
    expect(await Promise.all([first, second])).toEqual([true, true]);
    expect(written).toEqual(['start a', 'end a', 'start b', 'end b']);
  });

  it('keeps what could not be written and tries it again', async () => {
    let isDiskFull = true;
    const states: SaveState[] = [];
    const saver = new DraftSaver({
      save: (draft) =>
        Promise.resolve(isDiskFull ? fail({ code: 'disk' as const }) : ok({ ...draft, id: '1', savedAt: 'now' })),
      onState: (state) => states.push(state),
      delay: 10_000,
    });
    saver.change(content('a'));
    expect(await saver.flush()).toBe(false);
    expect(states.at(-1)).toEqual({ kind: 'failed', error: { code: 'disk' } });
    isDiskFull = false;
    expect(await saver.flush()).toBe(true);
    expect(states.at(-1)).toEqual({ kind: 'saved', savedAt: 'now' });
  });

  it('writes nothing more once it forgot', async () => {
    const save = vi.fn();
    const saver = new DraftSaver({ save, onState: () => undefined, delay: 0 });
    saver.change(content('a'));
    saver.forget();
    await saver.stop();
    expect(save).not.toHaveBeenCalled();
  });
});
