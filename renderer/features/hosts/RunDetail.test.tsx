import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import type { ActionRun, HostProgress } from '../../../contract/schemas/actions.ts';
import { fakeBridge } from '../../testing/fake-bridge.ts';
import { show } from '../../testing/show.tsx';
import { feature } from './feature.ts';
import { RunDetail } from './RunDetail.tsx';
import { openSigner, runOf } from './testing.ts';

function showRun(states: readonly HostProgress[], facts: Partial<ActionRun> = {}) {
  const bridge = fakeBridge({
    'signer.state': () => openSigner('leaf'),
    'actions.retry': () => runOf(['waiting'], { id: 'run-2' }),
    'actions.stop': () => runOf(['stopped']),
  });
  const onShow = vi.fn();
  show(<RunDetail run={runOf(states, facts)} onShow={onShow} />, bridge, { words: { hosts: feature.words } });
  return { bridge, onShow };
}

describe('an order', () => {
  it('counts the hosts by what happened and shows each', async () => {
    showRun(['done', 'done', 'running', 'failed']);
    expect(screen.getByText('3 of 4 hosts ended')).toBeVisible();
    expect(screen.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '75');
    expect(await screen.findByRole('gridcell', { name: 'h3.example.org' })).toBeVisible();
  });

  it('explains silence with the edition first where every host was silent', () => {
    showRun(['no-task', 'no-task']);
    const causes = within(screen.getByRole('alert')).getAllByRole('listitem');
    expect(causes[0]).toHaveTextContent(/Enterprise edition/);
    expect(screen.getByText('wapt-get waptwua-scan')).toBeVisible();
  });

  it('explains silence with the signer first where only some were silent', () => {
    showRun(['no-task', 'done']);
    expect(within(screen.getByRole('alert')).getAllByRole('listitem')[0]).toHaveTextContent(
      /does not trust your signer/,
    );
  });

  it('never blames the edition for a refresh, which all editions know', () => {
    showRun(['no-task'], { action: 'refresh' });
    expect(screen.queryByText(/Enterprise edition/)).toBeNull();
  });

  it('retries what did not work, as a new order', async () => {
    const person = userEvent.setup();
    const { bridge, onShow } = showRun(['done', 'failed', 'unreachable'], { endedAt: '2026-11-21T10:05:00.000Z' });
    await person.click(screen.getByRole('button', { name: 'Retry 2 hosts' }));
    await waitFor(() => expect(onShow).toHaveBeenCalledWith('run-2'));
    expect(bridge.requests('actions.retry')).toEqual([{ runId: 'run-1' }]);
  });

  it('stops a running order and offers no stop for one that ended', async () => {
    const person = userEvent.setup();
    const { bridge } = showRun(['running']);
    await person.click(screen.getByRole('button', { name: 'Stop' }));
    expect(bridge.requests('actions.stop')).toEqual([{ runId: 'run-1' }]);
  });

  it('offers neither stop nor retry when all is done', () => {
    showRun(['done'], { endedAt: '2026-11-21T10:05:00.000Z' });
    expect(screen.queryByRole('button', { name: 'Stop' })).toBeNull();
    expect(screen.queryByRole('button', { name: /Retry/ })).toBeNull();
  });

  it('shows only the hosts of a state one picks', async () => {
    const person = userEvent.setup();
    showRun(['done', 'failed']);
    await screen.findByRole('gridcell', { name: 'h0.example.org' });
    await person.click(screen.getByRole('button', { name: /^Failed/ }));
    await waitFor(() => expect(screen.queryByRole('gridcell', { name: 'h0.example.org' })).toBeNull());
    expect(screen.getByRole('gridcell', { name: 'h1.example.org' })).toBeVisible();
  });
});
