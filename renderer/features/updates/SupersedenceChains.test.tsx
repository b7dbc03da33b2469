import { screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import type { ChainedUpdate, UpdateDetail } from '../../../contract/schemas/updates.ts';
import { fakeBridge } from '../../testing/fake-bridge.ts';
import { show } from '../../testing/show.tsx';
import { updateRow } from '../packages/testing.ts';
import { SupersedenceChains } from './SupersedenceChains.tsx';
import { en } from './words/en.ts';
import { fr } from './words/fr.ts';

const { hosts } = updateRow('x');

const link = (updateId: string, facts: Partial<ChainedUpdate> = {}): ChainedUpdate => ({
  updateId,
  title: `Update ${updateId}`,
  kbids: [],
  changetime: '2026-10-13T00:00:00',
  distance: 1,
  isListed: true,
  isSuperseded: true,
  onServer: false,
  hosts,
  ...facts,
});

function start(chains: Pick<UpdateDetail, 'supersedes' | 'supersededBy'>) {
  const onGo = vi.fn();
  const row = updateRow('x');
  show(<SupersedenceChains detail={{ update: row, row, ...chains }} onGo={onGo} />, fakeBridge({}), {
    words: { updates: { en, fr } },
  });
  return { onGo, person: userEvent.setup() };
}

const sectionOf = (title: string): HTMLElement => {
  const section = screen.getByRole('heading', { name: title }).closest('section');
  if (section === null) throw new Error(`no section ${title}`);
  return section;
};

describe('the chain of an update', () => {
  const chains = {
    supersededBy: [
      link('b', { kbids: ['5000002'], hosts: { ...hosts, reported: 3, needed: 3 } }),
      link('c', { kbids: ['5000003'], distance: 2, isSuperseded: false, hosts: { ...hosts, reported: 9, done: 9 } }),
    ],
    supersedes: [
      link('gone', { isListed: false }),
      link('0f1e', { title: null, isListed: false }),
      link('1a2b', { title: null, isListed: false }),
    ],
  };

  it('names what is direct and what is not, with where hosts stand', async () => {
    start(chains);
    await screen.findByRole('heading', { name: 'Replaced by' });
    const lines = within(sectionOf('Replaced by')).getAllByRole('listitem');
    expect(lines.map((line) => line.textContent)).toEqual([
      expect.stringMatching(/KB5000002Update b.*Needed by 3 hosts/),
      expect.stringMatching(/KB5000003Update c2 steps.*NewestInstalled on 9 hosts/),
    ]);
    expect(within(sectionOf('Replaced by')).getByRole('heading', { name: 'Through others' })).toBeTruthy();
  });

  it('says which one to install instead, and goes to any one that is listed', async () => {
    const { onGo, person } = start(chains);
    const instead = await screen.findByRole('alert');
    await person.click(within(instead).getByRole('button', { name: 'KB5000003 · Update c' }));
    await person.click(screen.getByRole('button', { name: 'Open KB5000002: Update b' }));
    expect(onGo.mock.calls).toEqual([['c'], ['b']]);
    expect(screen.queryByRole('button', { name: /Update gone/ })).toBeNull();
  });

  it('keeps what nobody described to a number that opens', async () => {
    const { person } = start(chains);
    const more = await screen.findByRole('button', { name: '2 more that no host has ever reported' });
    expect(screen.queryByText('0f1e')).toBeNull();
    await person.click(more);
    expect(screen.getByText('0f1e')).toBeTruthy();
    expect(more.getAttribute('aria-expanded')).toBe('true');
  });

  it('says where there is nothing', async () => {
    start({ supersededBy: [], supersedes: [] });
    expect(await screen.findByText('Nothing newer is known: this is the one to install.')).toBeTruthy();
    expect(screen.getByText('It replaces nothing that is known.')).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
  });
});
