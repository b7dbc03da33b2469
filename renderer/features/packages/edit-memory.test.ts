import { describe, expect, it } from 'vitest';
import { emptyRules } from '../../../domain/rules.ts';
import { type DraftEdit, edit, newDraft, openEdit } from './draft-edit.ts';
import { EditMemory, type StepStore } from './edit-memory.ts';

const start = newDraft('acme-wsus', { ...emptyRules, allowedKbs: ['KB1'] });

const forbid = (kb: string) =>
  ({
    kind: 'rules',
    change: (rules: typeof emptyRules) => ({ ...rules, forbiddenKbs: [...rules.forbiddenKbs, kb] }),
  }) as const;

function storeOf(): StepStore & { readonly texts: Map<string, string> } {
  const texts = new Map<string, string>();
  return {
    texts,
    getItem: (key) => texts.get(key) ?? null,
    setItem: (key, text) => {
      texts.set(key, text);
    },
    removeItem: (key) => {
      texts.delete(key);
    },
  };
}

const edited = (): DraftEdit => edit(edit(openEdit(start), forbid('KB2')), forbid('KB3'));

describe('the steps of a draft', () => {
  it('are there again when one comes back', () => {
    const memory = new EditMemory(storeOf());
    const state = edited();
    memory.keep('d', state);
    const again = edit(memory.open('d', state.content), { kind: 'undo' });
    expect(again.content.rules.forbiddenKbs).toEqual(['KB2']);
    expect(edit(again, { kind: 'redo' }).content.rules).toEqual(state.content.rules);
  });

  it('are there again after a reload', () => {
    const store = storeOf();
    const before = new EditMemory(store);
    const state = edited();
    before.keep('d', state);
    before.write();
    const again = edit(new EditMemory(store).open('d', state.content), { kind: 'undo' });
    expect(again.content.rules.forbiddenKbs).toEqual(['KB2']);
  });

  it('do not belong to a draft that changed elsewhere', () => {
    const memory = new EditMemory(storeOf());
    memory.keep('d', edited());
    expect(memory.open('d', start).past).toEqual([]);
  });

  it('are forgotten with the draft', () => {
    const store = storeOf();
    const memory = new EditMemory(store);
    const state = edited();
    memory.keep('d', state);
    memory.write();
    memory.forget('d');
    expect(memory.open('d', state.content).past).toEqual([]);
    expect(store.texts.size).toBe(0);
  });

  it('give up the oldest where there are too many for the storage, and all where the storage is full', () => {
    const store = storeOf();
    const memory = new EditMemory(store);
    const many = Array.from({ length: 4_000 }, (_, i) => `KB${i}0000000`);
    let state = openEdit(newDraft('acme-wsus', { ...emptyRules, allowedKbs: many }));
    for (let i = 0; i < 8; i++) state = edit(state, forbid(`KB${i}`));
    memory.keep('d', state);
    memory.write();
    const kept = new EditMemory(store).open('d', state.content).past;
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.length).toBeLessThan(8);
    expect(kept.at(-1)?.rules.forbiddenKbs).toHaveLength(7);

    const full = new EditMemory({
      ...store,
      setItem: () => {
        throw new Error('quota');
      },
    });
    full.keep('d', edited());
    expect(() => full.write()).not.toThrow();
  });

  it('that others wrote into the storage are ignored', () => {
    const store = storeOf();
    store.setItem('waptwua.steps.d', '{"past":1}');
    expect(new EditMemory(store).open('d', start).past).toEqual([]);
    store.setItem('waptwua.steps.d', '{');
    expect(new EditMemory(store).open('d', start).past).toEqual([]);
  });
});
