import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Capability } from '../../../contract/schemas/session.ts';
// oxlint-disable-next-line no-restricted-imports -- what the screen sends is parsed as main does
import { type UpdateList, updateFilter } from '../../../contract/schemas/updates.ts';
import { defaultFilter, indexUpdates } from '../../../domain/catalogue.ts';
import { filterUpdates } from '../../../domain/catalogue-filter.ts';
import type { UpdateRow } from '../../../domain/update.ts';
import { type FakeAnswers, fakeBridge } from '../../testing/fake-bridge.ts';
import { certificate, openSession } from '../../testing/fixtures.ts';
import { show } from '../../testing/show.tsx';
import { useIntent } from '../packages/intent.ts';
import { updateRow } from '../packages/testing.ts';
import { useFilterStore } from './filter-store.ts';
import { UpdatesScreen } from './UpdatesScreen.tsx';
import { en } from './words/en.ts';
import { fr } from './words/fr.ts';

const counts = {
  reported: 3,
  needed: 2,
  pending: 1,
  missing: 1,
  failed: 0,
  heldBack: 0,
  forbidden: 0,
  done: 1,
  superseded: 0,
};
const rows: readonly UpdateRow[] = [
  {
    ...updateRow('u1'),
    title: 'Cumulative for Windows 11',
    kbids: ['5000001'],
    severity: 'Critical',
    product: 'Windows 11',
    downloadedOn: null,
    hosts: counts,
  },
  {
    ...updateRow('u2'),
    title: 'Servicing for Windows 10',
    kbids: ['5000002'],
    severity: 'Important',
    product: 'Windows 10',
    downloadedOn: '2026-11-01T10:00:00',
    hosts: counts,
  },
];
const list: UpdateList = {
  rows,
  freshness: { syncedAt: '2026-11-21T10:00:00Z', isOffline: false },
  unscanned: [],
  hostCount: 3,
  neverScanned: 0,
  isCutOff: false,
};

function start(answers: FakeAnswers = {}, capability: Capability = { available: true }) {
  const bridge = fakeBridge({
    'session.state': () => openSession(capability),
    'updates.list': () => list,
    'updates.query': ({ filter }) => filterUpdates(indexUpdates(rows), updateFilter.parse(filter)),
    'index.state': () => ({
      date: '2026-11-10T08:00:00Z',
      size: 1_181_116_006,
      lastCheck: null,
      readAt: '2026-11-21T10:00:00Z',
      task: null,
    }),
    'downloads.list': () => ({ tasks: [], isCutOff: false }),
    ...answers,
  });
  show(<UpdatesScreen />, bridge, { words: { updates: { en, fr } } });
  return { bridge, person: userEvent.setup() };
}

const cell = (text: string): Promise<HTMLElement> => screen.findByRole('gridcell', { name: text });
const openMenu = async (person: ReturnType<typeof userEvent.setup>, kb: string): Promise<void> =>
  person.pointer({ keys: '[MouseRight]', target: await cell(kb) });

beforeEach(() => useFilterStore.setState({ filter: defaultFilter, isRestored: false }));

describe('the list of updates', () => {
  it('shows the index, its size, and that the server does not say when it looked', async () => {
    start();
    expect(await screen.findByText(/Index of .*2026 · 1.1 GB/)).toBeTruthy();
    expect(await cell('KB5000001')).toBeTruthy();
  });

  it('narrows by search and by entry', async () => {
    const { person } = start();
    await cell('KB5000001');
    await person.type(screen.getByRole('searchbox', { name: 'Search in title, KB and id' }), '5000002');
    await waitFor(() => expect(screen.queryByRole('gridcell', { name: 'KB5000001' })).toBeNull());
    expect(screen.getByRole('button', { name: 'Remove the filter Search: 5000002' })).toBeTruthy();
  });

  it('downloads one update at once', async () => {
    const { bridge, person } = start({ 'updates.download': () => [] });
    await openMenu(person, 'KB5000001');
    await person.click(await screen.findByRole('menuitem', { name: 'Download' }));
    await waitFor(() => expect(bridge.requests('updates.download')).toEqual([{ updateIds: ['u1'] }]));
  });

  it('deletes cached files only after a yes, and only where there are some', async () => {
    const { bridge, person } = start({ 'updates.deleteFiles': () => ({ deleted: ['u2'], freed: 1024 }) });
    await openMenu(person, 'KB5000001');
    expect((await screen.findByRole('menuitem', { name: /Delete cached files/ })).getAttribute('aria-disabled')).toBe(
      'true',
    );
    await person.keyboard('{Escape}');
    await person.click(await cell('KB5000002'));
    await person.keyboard('{Delete}');
    const dialog = await screen.findByRole('dialog', { name: /Delete the cached files of “Servicing/ });
    expect(within(dialog).getByText('2 hosts still need it.')).toBeTruthy();
    expect(bridge.requests('updates.deleteFiles')).toEqual([]);
    await person.click(within(dialog).getByRole('button', { name: 'Delete' }));
    await waitFor(() => expect(bridge.requests('updates.deleteFiles')).toEqual([{ updateIds: ['u2'] }]));
  });

  it('hands updates to the packages', async () => {
    const { person } = start();
    await openMenu(person, 'KB5000001');
    await person.click(await screen.findByRole('menuitem', { name: 'Forbid in…' }));
    expect(useIntent.getState().pending).toEqual({ list: 'forbid', updates: [rows[0]] });
  });

  it('says why a server cannot download', async () => {
    const { bridge, person } = start({}, { available: false, reason: 'absent' });
    await openMenu(person, 'KB5000001');
    const item = await screen.findByRole('menuitem', { name: /^Download/ });
    expect(item.textContent).toContain('This server does not have this function');
    await person.click(item);
    expect(bridge.requests('updates.download')).toEqual([]);
  });

  it('answers that the index is unchanged', async () => {
    const task = {
      id: 7,
      taskId: null,
      kind: 'wsusscn2',
      status: 'finished',
      message: null,
      url: null,
      startedOn: null,
      finishedOn: '2026-11-21T10:00:00',
      localFilename: null,
      fileSize: null,
      targetSize: null,
      fileDate: null,
      error: null,
      skipped: true,
      forced: false,
      createdOn: null,
      cause: null,
      updateId: null,
    } as const;
    const { bridge, person } = start({ 'index.download': () => task });
    await person.click(await screen.findByRole('button', { name: 'Download WSUSScan cab' }));
    await person.click(await screen.findByRole('menuitem', { name: /If there is a newer one/ }));
    await waitFor(() => expect(bridge.requests('index.download')).toEqual([{ force: false, missing: false }]));
    const { useToasts } = await import('../../ui/toasts.ts');
    await waitFor(() => expect(useToasts.getState().queue.at(-1)?.text).toMatch(/^Unchanged/));
  });
});

describe('a thin list', () => {
  it('says which Windows versions have no recent scan, and offers to scan a host of each', async () => {
    const thin: UpdateList = {
      ...list,
      unscanned: [
        { osName: 'Windows 11 Pro', hosts: 12, candidate: 'h1' },
        { osName: 'Windows 7', hosts: 1, candidate: null },
      ],
    };
    const { bridge, person } = start({
      'updates.list': () => thin,
      'signer.state': () => ({
        kind: 'open',
        certificateId: 'c',
        until: '2036-01-01T00:00:00Z',
        chain: [],
        certificate,
      }),
      'actions.trigger': () => ({
        id: 'r1',
        action: 'scan',
        startedAt: '',
        endedAt: null,
        serverMessage: null,
        hosts: [],
      }),
    });
    expect(await screen.findByText('2 Windows versions have no recent scan')).toBeTruthy();
    expect(screen.getByText(/Windows 11 Pro \(12 hosts\) · Windows 7 \(1 host, none reachable\)/)).toBeTruthy();
    await person.click(screen.getByRole('button', { name: 'Scan one host of it' }));
    await waitFor(() => expect(bridge.requests('actions.trigger')).toEqual([{ action: 'scan', uuids: ['h1'] }]));
  });

  it('explains an empty one', async () => {
    start({
      'updates.list': () => ({ ...list, rows: [], neverScanned: 3 }),
      'updates.query': () => filterUpdates(indexUpdates([]), defaultFilter),
    });
    expect(await screen.findByText('No update is listed yet')).toBeTruthy();
    expect(screen.getByText(/3 hosts known, 3 never scanned/)).toBeTruthy();
  });
});
