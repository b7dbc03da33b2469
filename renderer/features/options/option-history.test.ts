import { describe, expect, it } from 'vitest';
import { emptySet, type OptionSet, withOption } from './kept-options.ts';
import { historyOf, type OptionHistory, stepOptions } from './option-history.ts';

const put = (history: OptionHistory, key: 'enabled' | 'install_delay', text: string): OptionHistory =>
  stepOptions(history, { kind: 'change', key, next: withOption(history.now, key, text) });
const undo = (history: OptionHistory): OptionHistory => stepOptions(history, { kind: 'undo' });
const redo = (history: OptionHistory): OptionHistory => stepOptions(history, { kind: 'redo' });

describe('steps of the options', () => {
  it('take typing in one field as one step', () => {
    let history = put(historyOf(emptySet), 'enabled', 'true');
    for (const text of ['1', '12', '12h']) history = put(history, 'install_delay', text);
    expect(undo(history).now.values).toEqual({ enabled: 'true' });
    expect(undo(undo(history)).now).toEqual(emptySet);
    expect(undo(undo(undo(history))).now).toEqual(emptySet);
    expect(redo(redo(undo(undo(history)))).now).toEqual(history.now);
  });

  it('go nowhere forward after another change', () => {
    const history = put(undo(put(historyOf(emptySet), 'enabled', 'true')), 'install_delay', '7d');
    expect(redo(history)).toBe(history);
    const pasted: OptionSet = { values: { enabled: 'no' }, others: [] };
    expect(undo(stepOptions(history, { kind: 'change', key: null, next: pasted })).now).toEqual(history.now);
  });
});
