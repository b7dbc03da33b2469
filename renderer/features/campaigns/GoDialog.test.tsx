import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { Campaign, CampaignHostRow } from '../../../contract/schemas/campaigns.ts';
import { CAMPAIGN_SETS, type CampaignPhase, type CampaignStep } from '../../../domain/campaign.ts';
import { fakeBridge } from '../../testing/fake-bridge.ts';
import { show } from '../../testing/show.tsx';
import { feature } from './feature.ts';
import { type Deed, GoDialog } from './GoDialog.tsx';

const campaignOf = (steps: readonly CampaignStep[]): Campaign => ({
  id: 'c',
  name: 'November',
  plan: {
    steps,
    atOnce: 25,
    waves: [],
    start: { kind: 'now' },
    windows: [],
    days: 7,
    wake: false,
    stop: { failures: null, percent: null },
    retries: 1,
    retryMinutes: 30,
  },
  savedAt: '2026-11-20T10:00:00Z',
  standing: 'draft',
  waitsFor: null,
  limit: null,
  startedAt: null,
  startedBy: null,
  startsAt: null,
  endsAt: null,
  endedAt: null,
  nextAt: null,
  signUntil: null,
  counts: Object.fromEntries(CAMPAIGN_SETS.map((set) => [set, 3])) as Campaign['counts'],
});

const hostOf = (uuid: string, phase: CampaignPhase): CampaignHostRow => ({
  uuid,
  fqdn: uuid,
  wave: 1,
  phase,
  wait: null,
  step: 'scan',
  attempts: 0,
  nextTryAt: null,
  wokenAt: null,
  taskId: null,
  percent: null,
  message: null,
  code: null,
  askedAt: null,
  sentAt: null,
  isLaunched: null,
  launchedAt: null,
  appearedAt: null,
  endedAt: null,
  outcome: null,
});

function start(deed: Deed, steps: readonly CampaignStep[]) {
  const campaign = campaignOf(steps);
  const hosts = [hostOf('a', 'done'), hostOf('b', 'failed'), hostOf('d', 'waiting')];
  const bridge = fakeBridge({
    'campaigns.get': () => ({ campaign, hosts }),
    'failures.knownBadOn': ({ uuids }) => [
      { updateId: 'u_1', title: 'An update that breaks printers', note: 'ticket 7', hosts: uuids.length },
    ],
  });
  show(<GoDialog deed={deed} campaign={campaign} onClose={vi.fn()} />, bridge, {
    words: { campaigns: feature.words },
  });
  return bridge;
}

describe('before a campaign asks its hosts', () => {
  it('warns of what they would get although it is known to be bad', async () => {
    const bridge = start('start', ['scan', 'install']);
    expect(await screen.findByText(/An update that breaks printers/)).toHaveTextContent('ticket 7');
    expect(bridge.requests('failures.knownBadOn')).toEqual([{ uuids: ['b', 'd'] }]);
  });

  it('speaks of the hosts that are taken again, where those that failed are', async () => {
    const bridge = start('retry', ['download']);
    await waitFor(() => expect(bridge.requests('failures.knownBadOn')).toEqual([{ uuids: ['b'] }]));
  });

  it('says nothing of it where hosts only scan', async () => {
    const bridge = start('start', ['scan']);
    expect(await screen.findByRole('button', { name: 'Start' })).toBeVisible();
    expect(bridge.requests('failures.knownBadOn')).toEqual([]);
  });
});
