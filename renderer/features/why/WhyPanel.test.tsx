import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Draft } from '../../../contract/schemas/packages.ts';
import type { WhyGroup } from '../../../contract/schemas/rules.ts';
import { emptyRules } from '../../../domain/rules.ts';
import { type FakeAnswers, fakeBridge } from '../../testing/fake-bridge.ts';
import { show } from '../../testing/show.tsx';
import { takeSteps, usePendingSteps } from '../packages/pending-step.ts';
import { noUpdates, packageContent, rulePackage } from '../packages/testing.ts';
import { AgentFactsDialog } from './AgentFactsDialog.tsx';
import { showFacts } from './open.ts';
import { whyGroup, whyOf } from './testing.ts';
import { WhyPanel } from './WhyPanel.tsx';

const published = rulePackage('acme-wsus', '3');

beforeEach(() => {
  usePendingSteps.setState({ waiting: [] });
});

function showWhy(groups: readonly WhyGroup[], uuid: string | null = null, answers: FakeAnswers = {}) {
  const onLeave = vi.fn();
  const bridge = fakeBridge({
    'rules.why': () => whyOf(groups),
    'updates.list': () => noUpdates,
    'drafts.list': () => [],
    'packages.list': () => ({ packages: [published], readAt: null, isOffline: false }),
    'packages.read': () => packageContent(published, { ...emptyRules, allowedKbs: ['KB5000001'] }),
    'drafts.save': (input) => ({ ...input, id: 'new', savedAt: '2026-11-21T10:00:00.000Z' }) as Draft,
    ...answers,
  });
  show(<WhyPanel updateId="a_1" uuid={uuid} draftId={null} onLeave={onLeave} />, bridge);
  return { bridge, onLeave };
}

describe('why', () => {
  it('names the package and the line, and where each fact comes from', async () => {
    showWhy([whyGroup({ defaultAllow: { value: true, source: 'assumed' } })], 'h1');
    const why = await screen.findByRole('region', { name: 'Why?' });
    expect(why).toHaveTextContent('acme-wsus allows KB5000001.');
    expect(why).toHaveTextContent('allowed_kbs: KB5000001');
    expect(why).toHaveTextContent('on (assumed: you stated it)');
    expect(why).toHaveTextContent('none (reported)');
    expect(why).toHaveTextContent('acme-wsus 3');
  });

  it('says until when it is held back, and by which delay', async () => {
    showWhy(
      [
        whyGroup({
          decision: 'held-back',
          heldUntil: '2026-11-08T00:00:00.000Z',
          installDelay: { value: 7 * 86_400_000, source: 'reported' },
        }),
      ],
      'h1',
    );
    expect(await screen.findByText(/Held back until .*: 1w after it was published on/)).toBeVisible();
  });

  it('tells what is not known apart from what is forbidden', async () => {
    showWhy([
      whyGroup({ decision: 'forbidden', reason: { kind: 'default', defaultAllow: false, source: 'inferred' } }),
      whyGroup({
        decision: 'unknown',
        reason: { kind: 'unknown', missing: 'default_allow', packages: [] },
        hosts: 1,
        examples: [{ uuid: 'h3', fqdn: 'h3.example.org' }],
      }),
    ]);
    expect(await screen.findByText(/default_allow is off/)).toHaveTextContent('inferred from updates');
    expect(screen.getByText(/nobody says whether default_allow is on or off/)).toBeVisible();
    expect(screen.getAllByText('on 2 hosts')).toHaveLength(2);
  });

  it('shows the likely reason where hosts report otherwise', async () => {
    showWhy([whyGroup({ contradictions: [{ reason: 'scan-older-than-rules', hosts: 1 }] })]);
    expect(await screen.findByText(/contradicts the rules on 1 host/)).toBeVisible();
    expect(screen.getByText(/The last scan is older than the rules/)).toBeVisible();
  });

  it('keeps the rest of each group for who asks, where there are several', async () => {
    const person = userEvent.setup();
    showWhy([whyGroup(), whyGroup({ hosts: 1, examples: [{ uuid: 'h3', fqdn: 'h3.example.org' }] })]);
    const [first] = await screen.findAllByRole('article');
    expect(within(first as HTMLElement).queryByText('h1.example.org')).toBeNull();
    await person.click(within(first as HTMLElement).getByRole('button', { name: /Hosts, facts/ }));
    expect(within(first as HTMLElement).getByText('h1.example.org')).toBeVisible();
  });

  it('begins the draft of the package with the change as a step that can be undone', async () => {
    const person = userEvent.setup();
    const { bridge, onLeave } = showWhy(
      [
        whyGroup({
          changes: [{ kind: 'remove-entry', package: 'acme-wsus', list: 'allowedKbs', entry: 'KB5000001' }],
        }),
      ],
      'h1',
    );
    await person.click(await screen.findByRole('button', { name: 'Take “KB5000001” out of acme-wsus' }));
    await waitFor(() => expect(onLeave).toHaveBeenCalled());
    expect(bridge.requests('drafts.save')).toMatchObject([{ id: null, rules: { allowedKbs: ['KB5000001'] } }]);
    const [step] = takeSteps('new');
    if (step?.kind !== 'rules') throw new Error('no step waits');
    expect(step.change({ ...emptyRules, allowedKbs: ['KB5000001'] })).toEqual(emptyRules);
  });

  it('uses the draft that there is', async () => {
    const person = userEvent.setup();
    const draft = { id: 'd', package: 'acme-wsus', rules: emptyRules, base: null } as unknown as Draft;
    const { bridge } = showWhy(
      [whyGroup({ changes: [{ kind: 'add-kb', package: 'acme-wsus', list: 'forbiddenKbs', kb: 'KB5000001' }] })],
      'h1',
      { 'drafts.list': () => [draft] },
    );
    await person.click(await screen.findByRole('button', { name: 'Forbid KB5000001 in acme-wsus' }));
    await waitFor(() => expect(takeSteps('d')).toHaveLength(1));
    expect(bridge.requests('drafts.save')).toEqual([]);
  });

  it('says that a package cannot be edited', async () => {
    const person = userEvent.setup();
    showWhy(
      [whyGroup({ changes: [{ kind: 'remove-entry', package: 'gone', list: 'allowedKbs', entry: 'KB1' }] })],
      'h1',
    );
    await person.click(await screen.findByRole('button', { name: 'Take “KB1” out of gone' }));
    expect(await screen.findByText('The package gone is not in the repository.')).toBeVisible();
  });

  it('explains that nobody reports the update', async () => {
    showWhy([]);
    expect(await screen.findByText('No host reports this update')).toBeVisible();
  });
});

describe('what agents do not report', () => {
  const group = {
    group: '*',
    hosts: 10,
    unknown: { defaultAllow: 4, installDelay: 0, language: 0, allowedSeverities: 10 },
    stated: null,
  };

  function showDialog() {
    const bridge = fakeBridge({
      'rules.stated': () => ({ groups: [group] }),
      'rules.state': () => ({ groups: [group] }),
    });
    showFacts(true);
    show(<AgentFactsDialog />, bridge);
    return bridge;
  }

  it('is stated group by group, and says how many hosts lack it', async () => {
    const person = userEvent.setup();
    const bridge = showDialog();
    const row = await screen.findByRole('region', { name: 'Every host' });
    expect(row).toHaveTextContent('4 hosts lack it');
    await person.click(within(row).getByRole('combobox', { name: 'default_allow' }));
    await person.click(await screen.findByRole('option', { name: 'off' }));
    await waitFor(() =>
      expect(bridge.requests('rules.state')).toEqual([
        { group: '*', defaultAllow: false, installDelay: null, language: null, allowedSeverities: null },
      ]),
    );
  });

  it('takes a delay only where it is one', async () => {
    const person = userEvent.setup();
    const bridge = showDialog();
    const delay = await screen.findByRole('textbox', { name: 'install_delay' });
    await person.type(delay, 'soon{Enter}');
    expect(await screen.findByText('A number and s, m, h, d or w: 7d, 12h.')).toBeVisible();
    expect(bridge.requests('rules.state')).toEqual([]);
    await person.clear(delay);
    await person.type(delay, '7d{Enter}');
    await waitFor(() => expect(bridge.requests('rules.state')).toMatchObject([{ installDelay: '7d' }]));
  });
});
