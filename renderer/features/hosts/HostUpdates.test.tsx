import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Failure, fakeBridge } from '../../testing/fake-bridge.ts';
import { show } from '../../testing/show.tsx';
import { updateRow } from '../packages/testing.ts';
import { feature } from './feature.ts';
import { HostUpdates } from './HostUpdates.tsx';
import { hostRow, hostUpdate } from './testing.ts';

const rows = [
  hostUpdate('p', { update: updateRow('p', { title: 'Pending one', severity: 'Critical' }) }),
  hostUpdate('m', { update: updateRow('m', { title: 'Missing one' }), state: 'missing', status: 'MISSING' }),
  hostUpdate('f', {
    update: updateRow('f', { title: 'Failed one', kbids: ['5000001'] }),
    state: 'failed',
    status: 'ERROR',
    history: [
      {
        date: '2026-11-20T10:00:00',
        operation: 'Installation',
        resultCode: '0x80070643',
        categories: null,
        applicationId: null,
        title: 'Log line',
        description: null,
      },
    ],
  }),
  hostUpdate('i', {
    update: updateRow('i', { title: 'Installed one' }),
    state: 'done',
    status: 'OK',
    installed: true,
  }),
];

function showUpdates(reported = rows) {
  const onOrder = vi.fn();
  const bridge = fakeBridge({
    'hosts.updates': () => reported,
    'rules.why': () => new Failure({ code: 'not-found' }),
    'updates.list': () => ({
      rows: [],
      freshness: { syncedAt: null, isOffline: false },
      unscanned: [],
      hostCount: 1,
      neverScanned: 0,
      isCutOff: false,
    }),
  });
  show(<HostUpdates host={hostRow('h')} onOrder={onOrder} />, bridge, { words: { hosts: feature.words } });
  return { onOrder };
}

// Without a width, the grid draws its first columns only: rows are found by their state.
const cell = (name: string) => screen.findByRole('gridcell', { name });

beforeEach(() => {
  // The document of the tests has no layout: without a size, a grid whose rows arrive later draws none.
  for (const side of ['clientHeight', 'offsetHeight', 'clientWidth', 'offsetWidth'] as const) {
    vi.spyOn(HTMLElement.prototype, side, 'get').mockReturnValue(1_200);
  }
});
afterEach(() => vi.restoreAllMocks());

describe("a host's updates", () => {
  it('open on what waits, and show the others on demand', async () => {
    const person = userEvent.setup();
    showUpdates();
    expect(await cell('Pending')).toBeVisible();
    expect(screen.queryByRole('gridcell', { name: 'Done' })).toBeNull();
    await person.click(screen.getByRole('button', { name: /^Installed/ }));
    expect(await cell('Done')).toBeVisible();
    await person.click(screen.getByRole('switch', { name: 'Critical only (1)' }));
    await waitFor(() => expect(screen.queryByRole('gridcell', { name: 'Done' })).toBeNull());
    expect(await cell('Pending')).toBeVisible();
  });

  it('say what happens next with a missing file', async () => {
    const person = userEvent.setup();
    showUpdates();
    await person.click(await cell('Missing'));
    expect(await screen.findByText(/every 30 minutes/)).toBeVisible();
  });

  it('show the install log of the update in focus and offer the next step', async () => {
    const person = userEvent.setup();
    const { onOrder } = showUpdates();
    await person.click(await cell('Failed'));
    expect(await screen.findByText('Install logs of KB5000001')).toBeVisible();
    expect(screen.getByText('0x80070643')).toBeVisible();
    await person.click(screen.getByRole('button', { name: 'Install' }));
    expect(onOrder).toHaveBeenCalledWith('install');
  });

  it('offer a scan where the host never reported', async () => {
    const person = userEvent.setup();
    const { onOrder } = showUpdates([]);
    expect(await screen.findByText('This host was never scanned')).toBeVisible();
    await person.click(screen.getByRole('button', { name: 'Trigger the scan of missing Windows Updates' }));
    expect(onOrder).toHaveBeenCalledWith('scan');
  });
});
