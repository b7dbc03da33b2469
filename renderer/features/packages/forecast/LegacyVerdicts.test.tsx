import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { fakeBridge } from '../../../testing/fake-bridge.ts';
import { show } from '../../../testing/show.tsx';
import { noUpdates, updateRow } from '../testing.ts';
import { LegacyVerdicts } from './LegacyVerdicts.tsx';

const rows = [
  updateRow('a_1', { title: 'By name', kbids: ['11'], severity: 'Critical' }),
  updateRow('b_1', { title: 'Passes', severity: 'Critical', classification: 'Security Updates' }),
  updateRow('c_1', { title: 'Stopped once', severity: 'Low', classification: 'Security Updates' }),
  updateRow('d_1', { title: 'Stopped twice', severity: 'Low', classification: 'Drivers' }),
  updateRow('e_1', { title: 'Let through', kbids: ['12'], severity: 'Low', classification: 'Drivers' }),
];

/** The lines of the grid: title, verdict and reason. */
const lines = async (): Promise<readonly (readonly (string | undefined)[])[]> => {
  await screen.findByText('Passes');
  const grid = screen.getByRole('grid', { name: 'Updates by the rules of 2015' });
  return within(grid)
    .getAllByRole('row')
    .flatMap((row) => {
      const cells = within(row).queryAllByRole('gridcell');
      const text = (key: string) => cells.find((cell) => cell.getAttribute('col-id') === key)?.textContent ?? undefined;
      return cells.length === 0 ? [] : [[text('title'), text('verdict'), text('why')]];
    });
};

describe('what a package of 2015 said', () => {
  it('is shown of each update, with the list that decided', async () => {
    const legacy = {
      allowedUpdates: ['KB12'],
      forbiddenUpdates: ['KB11'],
      allowedSeverities: ['Critical'],
      allowedClassifications: ['Security Updates'],
    };
    show(<LegacyVerdicts legacy={legacy} />, fakeBridge({ 'updates.list': () => ({ ...noUpdates, rows }) }));
    expect(await lines()).toEqual([
      ['By name', 'Forbidden', 'forbidden by name: KB11'],
      ['Passes', 'Allowed', 'its severity and its classification pass'],
      ['Stopped once', 'Forbidden', 'its severity is not allowed'],
      ['Stopped twice', 'Forbidden', 'neither its severity nor its classification is allowed'],
      ['Let through', 'Allowed', 'allowed by name: KB12'],
    ]);
  });

  it('restricts nothing where a list was null', async () => {
    const legacy = { allowedUpdates: [], forbiddenUpdates: [], allowedSeverities: null, allowedClassifications: null };
    show(<LegacyVerdicts legacy={legacy} />, fakeBridge({ 'updates.list': () => ({ ...noUpdates, rows }) }));
    expect((await lines()).map(([, verdict, why]) => [verdict, why])).toEqual(
      rows.map(() => ['Allowed', 'no list restricts it']),
    );
  });
});
