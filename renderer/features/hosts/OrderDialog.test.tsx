import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ServerInfo, SessionState } from '../../../contract/schemas/session.ts';
import { Failure, type FakeAnswers, fakeBridge } from '../../testing/fake-bridge.ts';
import { show } from '../../testing/show.tsx';
import { feature } from './feature.ts';
import { OrderDialog } from './OrderDialog.tsx';
import { closeOrder, useOrder } from './order.ts';
import { hostRow, openSigner, runOf } from './testing.ts';

const rows = [
  hostRow('a', { trustedSigners: ['ca'] }),
  hostRow('b', { reachable: 'UNREACHABLE', trustedSigners: ['other'] }),
  hostRow('c', { platform: 'Linux' }),
];

const signedIn = (facts: Partial<ServerInfo>): SessionState =>
  ({
    kind: 'open',
    profile: { id: 'p', staleDays: 14 },
    server: { edition: 'enterprise', clockDifference: 0, ...facts },
  }) as unknown as SessionState;

function showOrder(action: 'scan' | 'install', uuids: readonly string[], answers: FakeAnswers = {}) {
  const bridge = fakeBridge({
    'hosts.list': () => ({ rows, freshness: { syncedAt: null, isOffline: false }, isCutOff: false }),
    'signer.state': () => openSigner('leaf'),
    'actions.trigger': () => runOf(['sent']),
    ...answers,
  });
  const onOrdered = vi.fn();
  useOrder.setState({ order: { action, uuids } });
  show(<OrderDialog onOrdered={onOrdered} />, bridge, { words: { hosts: feature.words } });
  return { bridge, onOrdered };
}

afterEach(closeOrder);

describe('the confirmation of an order', () => {
  it('says how many hosts, how many are out of reach, what follows, and the command to run there', async () => {
    showOrder('install', ['a', 'b']);
    expect(await screen.findByRole('dialog', { name: 'Scan and install Windows updates on 2 hosts?' })).toBeVisible();
    expect(await screen.findByText('1 host is reachable and gets the order now.')).toBeVisible();
    expect(screen.getByText(/1 host is not reachable/)).toBeVisible();
    expect(screen.getByText('wapt-get waptwua-install')).toBeVisible();
    expect(screen.getByText(/does not control the reboot/)).toBeVisible();
  });

  it('warns of hosts that trust no part of the chain, and of hosts that are not Windows', async () => {
    showOrder('scan', ['a', 'b', 'c']);
    expect(await screen.findByText(/^1 host does not list your signer/)).toBeVisible();
    expect(screen.getByText(/^1 host is not a Windows host/)).toBeVisible();
  });

  it('does not warn where every host trusts the issuer', async () => {
    showOrder('scan', ['a']);
    await screen.findByText('1 host is reachable and gets the order now.');
    expect(screen.queryByText(/does not list your signer/)).toBeNull();
  });

  it('orders every host, or the reachable ones alone', async () => {
    const person = userEvent.setup();
    const { bridge, onOrdered } = showOrder('scan', ['a', 'b']);
    await person.click(await screen.findByRole('checkbox', { name: 'Send to the reachable hosts only' }));
    await person.click(screen.getByRole('button', { name: 'Scan' }));
    await waitFor(() => expect(onOrdered).toHaveBeenCalledOnce());
    expect(bridge.requests('actions.trigger')).toEqual([{ action: 'scan', uuids: ['a'] }]);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('keeps the question and says why when the order fails', async () => {
    const person = userEvent.setup();
    const { onOrdered } = showOrder('scan', ['a'], {
      'actions.trigger': () => new Failure({ code: 'forbidden', facts: { right: 'trigger_host_action' } }),
    });
    await screen.findByText('1 host is reachable and gets the order now.');
    await person.click(screen.getByRole('button', { name: 'Scan' }));
    expect(await screen.findByText(/trigger_host_action/)).toBeVisible();
    expect(onOrdered).not.toHaveBeenCalled();
  });

  it('warns before signing when the clocks differ', async () => {
    showOrder('scan', ['a'], { 'session.state': () => signedIn({ clockDifference: -7_200 }) });
    expect(await screen.findByText(/The clocks of this computer and the server differ by 2 h/)).toBeVisible();
    expect(screen.queryByText(/Community edition/)).toBeNull();
  });

  it('says beforehand that the agents of a Community server know no such order', async () => {
    showOrder('scan', ['a'], { 'session.state': () => signedIn({ edition: 'community' }) });
    expect(await screen.findByText(/Community edition/)).toBeVisible();
  });
});
