import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import type { PublishCheck } from '../../../contract/schemas/packages.ts';
import { emptyRules } from '../../../domain/rules.ts';
import { Failure, type FakeAnswers, fakeBridge } from '../../testing/fake-bridge.ts';
import { show } from '../../testing/show.tsx';
import { openSigner } from '../hosts/testing.ts';
import { feature } from './feature.ts';
import { liveForecast } from './forecast/testing.ts';
import type { LiveForecast } from './forecast/use-forecast.ts';
import { PublishDialog } from './PublishDialog.tsx';
import { noUpdates, packageContent, rulePackage, updateRow } from './testing.ts';

const check: PublishCheck = {
  version: '4',
  filename: 'acme-wsus_4_PROD.wapt',
  movedTo: null,
  addedIds: 2,
  ruleCount: 3,
  isNew: false,
  base: 'verified',
};
const published = rulePackage('acme-wsus', '3');
const draft = {
  id: 'd',
  package: 'acme-wsus',
  description: '',
  maturity: 'PROD',
  rules: { ...emptyRules, forbiddenUpdates: ['b_1'], allowedKbs: ['KB5000001'] },
  base: { filename: published.filename, version: '3' },
};

function showReview(over: Partial<PublishCheck> = {}, answers: FakeAnswers = {}, live: LiveForecast = liveForecast()) {
  const parts = { onCheck: vi.fn(), onPublished: vi.fn(), onClose: vi.fn() };
  const bridge = fakeBridge({
    'packages.list': () => ({ packages: [published], readAt: null, isOffline: false }),
    'packages.read': () => packageContent(published, { ...emptyRules, allowedUpdates: ['b_1'] }),
    'packages.publish': () => ({ filename: check.filename, package: 'acme-wsus', version: '4' }),
    'packages.check': () => ({ ...check, version: '5', movedTo: '4' }),
    'drafts.list': () => [],
    'updates.list': () => ({ ...noUpdates, rows: [updateRow('b_1', { title: 'Bad update' })] }),
    'signer.state': () => openSigner('leaf'),
    ...answers,
  });
  show(<PublishDialog draft={draft} check={{ ...check, ...over }} live={live} {...parts} />, bridge, {
    words: { packages: feature.words },
  });
  return { bridge, ...parts };
}

describe('the review before publishing', () => {
  it('shows what comes and goes against the published version, by title', async () => {
    showReview();
    expect(await screen.findByRole('dialog', { name: 'Publish acme-wsus 4' })).toBeVisible();
    expect(await screen.findByText('Changes against version 3')).toBeVisible();
    await waitFor(() => expect(screen.getAllByText('Bad update')).toHaveLength(2));
    expect(screen.getByText('KB5000001')).toBeVisible();
    expect(screen.getByText('acme-wsus_4_PROD.wapt')).toBeVisible();
    expect(screen.getByText('3, of these, 2 ids that are written beside KBs')).toBeVisible();
  });

  it('publishes the version that was shown, with the reason', async () => {
    const person = userEvent.setup();
    const { bridge, onPublished } = showReview();
    await person.type(await screen.findByRole('textbox', { name: 'Reason, for the journal' }), 'Breaks the till');
    await person.click(screen.getByRole('button', { name: 'Sign and publish' }));
    await waitFor(() => expect(onPublished).toHaveBeenCalled());
    expect(bridge.requests('packages.publish')).toEqual([
      { draftId: 'd', version: '4', overMoved: false, reason: 'Breaks the till' },
    ]);
  });

  it('does not publish over a moved version unless one says so', async () => {
    const person = userEvent.setup();
    const { bridge } = showReview({ version: '5', movedTo: '4' });
    expect(await screen.findByText('Version 4 was published meanwhile')).toBeVisible();
    const go = screen.getByRole('button', { name: 'Sign and publish' });
    expect(go).toBeDisabled();
    await person.click(screen.getByRole('checkbox', { name: 'Publish over it' }));
    await person.click(go);
    await waitFor(() => expect(bridge.requests('packages.publish')).toHaveLength(1));
    expect(bridge.requests('packages.publish')[0]).toMatchObject({ version: '5', overMoved: true });
  });

  it('looks again when the repository moved in the last moment, and keeps the draft', async () => {
    const person = userEvent.setup();
    const { onCheck, onPublished } = showReview(
      {},
      { 'packages.publish': () => new Failure({ code: 'version-moved', facts: { version: '4', newest: '4' } }) },
    );
    await person.click(await screen.findByRole('button', { name: 'Sign and publish' }));
    await waitFor(() => expect(onCheck).toHaveBeenCalledWith(expect.objectContaining({ version: '5', movedTo: '4' })));
    expect(screen.getByText('Nothing was lost: the draft is kept.')).toBeVisible();
    expect(onPublished).not.toHaveBeenCalled();
  });

  it('says that nothing but the version changes', async () => {
    showReview({}, { 'packages.read': () => packageContent(published, draft.rules) });
    expect(await screen.findByText('Nothing but the version changes against version 3.')).toBeVisible();
  });

  it('shows on the same page what it does to hosts, and what is counted apart', async () => {
    showReview(
      {},
      {},
      liveForecast({
        holders: { hosts: 13, have: 12, willGet: 1, unsure: 0 },
        fresh: {
          hosts: 10,
          changedHosts: 4,
          pairs: 50,
          moves: [
            { before: 'forbidden', after: 'allowed', pairs: 7 },
            { before: 'allowed', after: 'allowed', pairs: 43 },
          ],
        },
        stale: { hosts: 2, changedHosts: 0, pairs: 0, moves: [], neverScanned: 1 },
        serverBytes: 3_145_728,
        unknown: { defaultAllow: 3, installDelay: 0, language: 0, packageContent: 0, directoryGroups: 0 },
        warnings: [{ kind: 'signer-untrusted', hosts: 2 }],
        warningCounts: { 'signer-untrusted': 1 },
      }),
    );
    const effect = await screen.findByRole('region', { name: 'What it does to hosts' });
    expect(effect).toHaveTextContent('Counted on 10 of 13 hosts. 4 of them change.');
    expect(screen.getByRole('button', { name: 'Show the list: 7 become allowed' })).toBeEnabled();
    expect(effect).toHaveTextContent('3 MB');
    expect(effect).toHaveTextContent('2 hosts with old data · 1 host never scanned');
    expect(effect).toHaveTextContent('default_allow of 3 hosts');
    expect(effect).toHaveTextContent('2 hosts do not trust your signer');
    expect(screen.getByRole('button', { name: 'Sign and publish' })).toBeEnabled();
  });

  it('waits for the forecast, which one confirms with the rest', async () => {
    showReview({}, {}, { ...liveForecast(), forecast: null, isCurrent: false, isComputing: true });
    expect(await screen.findByText(/The forecast is being computed/)).toBeVisible();
    expect(screen.getByRole('button', { name: 'Sign and publish' })).toBeDisabled();
  });

  it('lets one publish without a forecast where there is none, and says so', async () => {
    showReview({}, {}, { ...liveForecast(), forecast: null, isCurrent: false, error: { code: 'internal' } });
    expect(await screen.findByText(/you publish without knowing/)).toBeVisible();
    expect(screen.getByRole('button', { name: 'Sign and publish' })).toBeEnabled();
  });

  it('warns of a signer that expires today', async () => {
    const signer = openSigner('leaf');
    const tonight = new Date();
    tonight.setHours(23, 59, 59);
    if (signer.kind !== 'open') throw new Error('not open');
    const certificate = { ...signer.certificate, notAfter: tonight.toISOString() };
    showReview({}, { 'signer.state': () => ({ ...signer, certificate }) });
    expect(await screen.findByText(/Your signer expires today/)).toBeVisible();
  });
});
