import { screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useState } from 'react';
import { describe, expect, it } from 'vitest';
import { defaultFilter, type FilterAnswer, type UpdateFilter } from '../../../domain/catalogue.ts';
import type { Language } from '../../i18n/i18n.ts';
import { fakeBridge } from '../../testing/fake-bridge.ts';
import { show } from '../../testing/show.tsx';
import { FilterChips } from './FilterChips.tsx';
import { FilterPane } from './FilterPane.tsx';
import { keptFilter, readKeptFilter } from './filter-store.ts';
import { en } from './words/en.ts';
import { fr } from './words/fr.ts';

const answer: FilterAnswer = {
  ids: [],
  inScope: 9,
  hiddenSuperseded: 0,
  folds: [{ updateId: 'new', folded: ['old', 'older'] }],
  severities: [
    { key: 'none', names: [], count: 4 },
    { key: 'Critical', names: ['Critical', 'Critique'], count: 1234 },
  ],
  products: [
    { key: 'Microsoft Server operating system-21H2', names: ['Microsoft Server operating system-21H2'], count: 2 },
    { key: 'Windows 11', names: ['Windows 11'], count: 0 },
  ],
  classifications: [{ key: 'Security Updates', names: ['Mises à jour de la sécurité', 'Security Updates'], count: 3 }],
};

function start(language: Language = 'en', initial: UpdateFilter = defaultFilter) {
  const seen: UpdateFilter[] = [];
  function Host() {
    const [filter, setFilter] = useState(initial);
    seen.push(filter);
    const change = (patch: Partial<UpdateFilter>): void => setFilter({ ...filter, ...patch });
    return (
      <>
        <FilterChips filter={filter} onChange={change} />
        <FilterPane
          filter={filter}
          answer={answer}
          rows={[]}
          onChange={change}
          onClear={() => setFilter(defaultFilter)}
        />
      </>
    );
  }
  show(<Host />, fakeBridge({}, { language }), { words: { updates: { en, fr } } });
  return { last: () => seen.at(-1), person: userEvent.setup() };
}

describe('the filters of the list', () => {
  it('show each entry with how many updates it would show', async () => {
    start();
    const severities = await screen.findByRole('group', { name: 'Severity' });
    expect(
      within(severities)
        .getAllByRole('checkbox')
        .map((box) => box.closest('label')?.textContent),
    ).toEqual(['Critical1,234', 'Without severity4']);
  });

  it('name products as people do, and known names in the language shown', async () => {
    start('fr');
    expect(await screen.findByText('Windows Server 2022')).toBeTruthy();
    expect(await screen.findByText('Mises à jour de la sécurité')).toBeTruthy();
  });

  it('choose and let go of entries, and clear', async () => {
    const { last, person } = start();
    await person.click(await screen.findByRole('checkbox', { name: /Windows Server 2022/ }));
    expect(last()?.products).toEqual(['Microsoft Server operating system-21H2']);
    await person.click(screen.getByRole('button', { name: 'Remove the filter Windows Server 2022' }));
    expect(last()?.products).toEqual([]);
    await person.click(screen.getByRole('checkbox', { name: /Critical/ }));
    await person.click(screen.getByRole('radio', { name: 'All reported' }));
    expect(last()).toMatchObject({ severities: ['Critical'], scope: 'reported' });
    await person.click(screen.getByRole('button', { name: 'Clear the filters' }));
    expect(last()?.severities).toEqual([]);
  });

  it('move by arrows and choose by Space', async () => {
    const { last, person } = start();
    (await screen.findByRole('checkbox', { name: /Critical/ })).focus();
    await person.keyboard('{ArrowDown} ');
    expect(last()?.severities).toEqual(['none']);
  });

  it('search in the lists, by raw spellings too', async () => {
    const { person } = start();
    await person.type(await screen.findByRole('searchbox', { name: 'Search in the lists' }), 'mises');
    expect(screen.getByRole('checkbox', { name: /Security updates/ })).toBeTruthy();
    expect(screen.queryByRole('checkbox', { name: /Critical/ })).toBeNull();
  });

  it('keep a chosen entry in sight when no update has it any more', async () => {
    start('en', { ...defaultFilter, products: ['Windows 7'] });
    expect(await screen.findByRole<HTMLInputElement>('checkbox', { name: /Windows 7/ })).toMatchObject({
      checked: true,
    });
  });
});

describe('what is kept between sessions', () => {
  it('is the lists, not the search', () => {
    const kept = readKeptFilter(
      keptFilter({ ...defaultFilter, products: ['Windows 11'], search: 'kb', hideSuperseded: true }),
    );
    expect(kept).toEqual({
      severities: [],
      products: ['Windows 11'],
      classifications: [],
      hideSuperseded: true,
      foldDefinitions: defaultFilter.foldDefinitions,
    });
  });
  it('survives a text that is no filter', () => {
    expect(readKeptFilter('{')).toEqual({});
    expect(readKeptFilter('[]')).toEqual({});
    expect(readKeptFilter('{"products":[1]}')).toEqual({});
  });
});
