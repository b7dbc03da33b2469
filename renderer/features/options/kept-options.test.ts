import { describe, expect, it } from 'vitest';
import { optionDangers, wrongOptions } from '../../../domain/agent-options.ts';
import { carefulValues, emptySet, keptText, readKept, withOption } from './kept-options.ts';

describe('the options kept between sessions', () => {
  it('are read back as they were', () => {
    const set = { values: { enabled: 'true', install_delay: '7d' }, others: [{ key: 'allowed_kbs', text: 'KB1' }] };
    expect(readKept(keptText(set))).toEqual(set);
  });

  it.each([
    null,
    '',
    '{',
    '7',
    '"x"',
    '[]',
    '{"values":7,"others":{}}',
    '{"values":{"enabled":1,"nope":"x"},"others":[1,{"key":2}]}',
  ])('are empty where %j was kept', (text) => expect(readKept(text)).toEqual(emptySet));

  it('lose an option that is emptied', () => {
    const set = withOption(withOption(emptySet, 'enabled', 'yes'), 'offline', 'no');
    expect(set.values).toEqual({ enabled: 'yes', offline: 'no' });
    expect(withOption(set, 'offline', '').values).toEqual({ enabled: 'yes' });
  });
});

it('the careful start has nothing wrong and nothing dangerous', () => {
  expect(wrongOptions(carefulValues)).toEqual([]);
  expect(optionDangers(carefulValues, true)).toEqual([]);
});
