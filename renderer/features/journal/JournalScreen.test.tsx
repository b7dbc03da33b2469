import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { JournalEntry, JournalState } from '../../../contract/schemas/sync.ts';
import { fakeBridge } from '../../testing/fake-bridge.ts';
import { show } from '../../testing/show.tsx';
import { noUpdates } from '../packages/testing.ts';
import { JournalScreen } from './JournalScreen.tsx';
import { en } from './words/en.ts';
import { fr } from './words/fr.ts';

const entry = (
  id: number,
  kind: string,
  facts: JournalEntry['facts'],
  more: Partial<JournalEntry> = {},
): JournalEntry => ({
  id,
  at: `2026-11-21T10:0${id}:00Z`,
  user: 'ada',
  kind,
  facts,
  reason: '',
  hash: `${id}`.repeat(64),
  ...more,
});

const entries = [
  entry(1, 'action.scan', { run: 'r1', hosts: 12, unreachable: 2 }, { user: 'bob' }),
  entry(
    2,
    'package.publish',
    {
      package: 'acme-wua',
      version: '7',
      filename: 'acme-wua_7.wapt',
      base: '6',
      before: { allowedKbs: ['KB5000001'] },
      after: { allowedKbs: ['KB5000002'], forbiddenKbs: ['KB5000003'] },
    },
    { reason: 'it broke printers' },
  ),
  entry(3, 'something.new', { what: 'ever' }),
];

const whole: JournalState = {
  entries: 3,
  brokenAt: null,
  seals: 1,
  brokenSeal: null,
  lastSeal: { id: 2, at: '2026-11-21T10:02:00Z', fingerprint: 'ab', signer: 'CN=Ada' },
};

function start(state: JournalState = whole, lines: readonly JournalEntry[] = entries, language: 'en' | 'fr' = 'en') {
  const bridge = fakeBridge(
    { 'journal.list': () => lines, 'journal.check': () => state, 'updates.list': () => noUpdates },
    { language },
  );
  show(<JournalScreen />, bridge, { words: { journal: { en, fr } } });
  return { bridge, person: userEvent.setup() };
}

const cell = (name: string | RegExp): Promise<HTMLElement> => screen.findByRole('gridcell', { name });

describe('the journal', () => {
  it('says in words what was done and to what, and shows as written what has no words', async () => {
    start();
    expect(await cell('Rule package published')).toBeTruthy();
    expect(await cell('acme-wua 7 · 2 added, 1 removed')).toBeTruthy();
    expect(await cell('12 hosts · 2 not reachable')).toBeTruthy();
    expect(await cell('something.new')).toBeTruthy();
    expect(await cell('what: ever')).toBeTruthy();
  });

  it('speaks French', async () => {
    start(whole, entries, 'fr');
    expect(await cell('Paquet de règles publié')).toBeTruthy();
    expect(await cell('12 machines · 2 injoignables')).toBeTruthy();
  });

  it('is filtered by kind, by user and by words', async () => {
    const { person } = start();
    await cell('something.new');
    await person.click(screen.getByRole('combobox', { name: 'Who' }));
    await person.click(await screen.findByRole('option', { name: 'bob (1)' }));
    await waitFor(() => expect(screen.queryByRole('gridcell', { name: 'something.new' })).toBeNull());
    expect(await cell('Scan ordered')).toBeTruthy();
    await person.click(screen.getByRole('button', { name: 'Clear the filter' }));
    await person.type(screen.getByRole('searchbox', { name: 'Search the journal' }), 'printers');
    await waitFor(() => expect(screen.queryByRole('gridcell', { name: 'Scan ordered' })).toBeNull());
    expect(await cell('Rule package published')).toBeTruthy();
  });

  it('shows what a publication changed, and why', async () => {
    const { person } = start();
    await person.dblClick(await cell('Rule package published'));
    const detail = await screen.findByRole('region', { name: 'Line 2' });
    expect(within(detail).getByText('it broke printers')).toBeTruthy();
    const allowed = within(detail).getByRole('region', { name: 'Allowed KBs' });
    expect(
      within(allowed)
        .getAllByRole('listitem')
        .map((line) => line.textContent),
    ).toEqual(['KB5000001', 'KB5000002']);
    expect(within(detail).getByRole('region', { name: 'Forbidden KBs' }).textContent).toMatch(/1 added/);
    await person.click(within(detail).getByRole('button', { name: 'As it was written' }));
    expect(within(detail).getByLabelText('As it was written', { selector: 'pre' }).textContent).toMatch(
      /"kind": "package.publish"/,
    );
  });

  it('says that it is whole, and by whom it is sealed up to where', async () => {
    start();
    expect((await screen.findByText(/^Whole: 3 lines/)).textContent).toMatch(
      /sealed up to line 2 by CN=Ada on .* · 1 line after it waits for the next seal/,
    );
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('says where it was changed, and shows the line', async () => {
    const { person } = start({ ...whole, brokenAt: 2 });
    const notice = await screen.findByRole('alert');
    expect(notice.textContent).toMatch(/The journal was changed after it was written.*Line 2 does not follow/);
    await cell('something.new');
    await person.click(within(notice).getByRole('button', { name: 'Show line 2' }));
    expect(await screen.findByRole('region', { name: 'Line 2' })).toBeTruthy();
    expect(screen.getByText('Broken at line 2')).toBeTruthy();
  });

  it('says that a seal is not true', async () => {
    start({ ...whole, brokenSeal: 2 });
    expect((await screen.findByRole('alert')).textContent).toMatch(/A seal of the journal is not true/);
  });

  it('says what a campaign was to do, and how it ended, in words', async () => {
    const lines = [
      entry(1, 'campaign.start', {
        campaign: 'c-1',
        name: 'November',
        steps: ['scan', 'install'],
        actions: ['trigger_scan', 'trigger_install'],
        hosts: 60,
        atOnce: 25,
        signUntil: null,
      }),
      entry(2, 'campaign.stop', {
        campaign: 'c-1',
        name: 'November',
        limit: 'failures',
        hosts: 60,
        done: 40,
        failed: 7,
      }),
    ];
    const { person } = start(whole, lines);
    await person.dblClick(await screen.findByText('Campaign started'));
    const first = await screen.findByRole('region', { name: /1/ });
    expect(within(first).getByText('Scan → Install')).toBeVisible();
    expect(within(first).getByText('trigger_scan, trigger_install')).toBeVisible();
    expect(within(first).getByText('Hosts at once').nextSibling).toHaveTextContent('25');
    expect(within(first).getByRole('button', { name: 'Open the campaign' })).toBeVisible();
    await person.dblClick(screen.getByText('Campaign stopped by failures'));
    const second = await screen.findByRole('region', { name: /2/ });
    expect(within(second).getByText('Number of failures')).toBeVisible();
    expect(within(second).getByText('Failed').nextSibling).toHaveTextContent('7');
  });
});
