import { act, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Draft } from '../../../contract/schemas/packages.ts';
import { emptyRules } from '../../../domain/rules.ts';
import { Failure, type FakeAnswers, fakeBridge } from '../../testing/fake-bridge.ts';
import { show } from '../../testing/show.tsx';
import { feature as hosts } from '../hosts/feature.ts';
import { openSigner } from '../hosts/testing.ts';
import { feature as updates } from '../updates/feature.ts';
import { DraftEditor } from './DraftEditor.tsx';
import { feature } from './feature.ts';
import { ruleForecast, rulePair } from './forecast/testing.ts';
import { leaveStep } from './pending-step.ts';
import { noAnswer, noUpdates, packageContent, rulePackage, updateRow } from './testing.ts';
import { forgetSteps } from './use-draft-edit.ts';

const draft: Draft = {
  id: 'd',
  package: 'acme-wsus',
  description: '',
  maturity: 'PROD',
  rules: { ...emptyRules, allowedUpdates: ['a_1'], forbiddenKbs: ['KB5000001'] } as Draft['rules'],
  base: null,
  savedAt: '2026-11-21T10:00:00.000Z',
};
const rows = [updateRow('a_1', { title: 'First', kbids: ['5000001'] }), updateRow('b_1', { title: 'Second' })];

let saved: Draft[] = [];
beforeEach(() => {
  saved = [];
  forgetSteps('d');
});

function showEditor(answers: FakeAnswers = {}, opened: Draft = draft) {
  const bridge = fakeBridge({
    'drafts.save': (input) => {
      const next = { ...input, id: 'd', savedAt: '2026-11-21T10:01:00.000Z' } as Draft;
      saved.push(next);
      return next;
    },
    'drafts.list': () => [draft],
    'packages.list': () => ({ packages: [], readAt: null, isOffline: false }),
    'packages.check': () => new Failure({ code: 'unreachable' }),
    'updates.list': () => ({ ...noUpdates, rows }),
    'updates.query': () => ({ ...noAnswer, ids: rows.map((row) => row.updateId) }),
    'signer.state': () => openSigner('leaf'),
    'rules.forecast': () => ruleForecast({ savedAt: saved.at(-1)?.savedAt ?? draft.savedAt }),
    ...answers,
  });
  const shown = show(<DraftEditor draft={opened} />, bridge, {
    words: { packages: feature.words, hosts: hosts.words, updates: updates.words },
  });
  return { bridge, ...shown };
}

describe('the editor', () => {
  it('writes each change to disk by itself', async () => {
    const person = userEvent.setup();
    showEditor();
    await person.type(screen.getByRole('textbox', { name: 'Description' }), 'Servers');
    await waitFor(() => expect(saved.at(-1)?.description).toBe('Servers'));
    expect(await screen.findByText(/^Draft saved/)).toBeVisible();
  });

  it('writes at once when one leaves, without waiting for the quiet', async () => {
    const person = userEvent.setup();
    const { unmount } = showEditor();
    await person.type(screen.getByRole('textbox', { name: 'Description' }), 'x');
    unmount();
    await waitFor(() => expect(saved.at(-1)?.description).toBe('x'));
  });

  it('says what is wrong with a name and does not publish it', async () => {
    const person = userEvent.setup();
    const { bridge } = showEditor();
    const name = screen.getByRole('textbox', { name: 'Name' });
    await person.clear(name);
    await person.type(name, 'Acme');
    expect(await screen.findByText('A name begins with a lower-case letter or a digit.')).toBeVisible();
    await waitFor(() => expect(saved.at(-1)?.package).toBe('Acme'));
    const before = bridge.requests('packages.check').length;
    await person.click(screen.getByRole('button', { name: 'Publish…' }));
    expect(bridge.requests('packages.check')).toHaveLength(before);
  });

  it('says that an allowed update is also forbidden, lifts the forbid, and undoes that', async () => {
    const person = userEvent.setup();
    showEditor();
    await person.click(await screen.findByRole('button', { name: 'Lift the forbid' }));
    await waitFor(() => expect(saved.at(-1)?.rules.forbiddenKbs).toEqual([]));
    expect(saved.at(-1)?.rules.allowedUpdates).toEqual(['a_1']);
    await person.click(screen.getByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(saved.at(-1)?.rules.forbiddenKbs).toEqual(['KB5000001']));
  });

  it('keeps what is on screen and says so when the disk refuses, then writes it on demand', async () => {
    const person = userEvent.setup();
    let isFull = true;
    showEditor({
      'drafts.save': (input) => {
        if (isFull) return new Failure({ code: 'disk' });
        const next = { ...input, id: 'd', savedAt: '2026-11-21T10:01:00.000Z' } as Draft;
        saved.push(next);
        return next;
      },
    });
    await person.type(screen.getByRole('textbox', { name: 'Description' }), 'Servers');
    expect(await screen.findByText('The draft could not be saved')).toBeVisible();
    isFull = false;
    await person.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(saved.at(-1)?.description).toBe('Servers'));
    expect(screen.queryByText('The draft could not be saved')).toBeNull();
  });

  it('writes every spelling of a category, and shows them', async () => {
    const person = userEvent.setup();
    showEditor({
      'updates.query': () => ({
        ...noAnswer,
        classifications: [
          { key: 'Security Updates', names: ['Security Updates', 'Mises à jour de la sécurité'], count: 2 },
        ],
      }),
    });
    await person.click(screen.getByRole('tab', { name: 'Categories' }));
    expect(await screen.findByText('Writes: Security Updates · Mises à jour de la sécurité')).toBeVisible();
    expect(screen.getByText(/Categories are alternatives \(OR\)/)).toBeVisible();
    await person.click(screen.getByRole('checkbox', { name: /Security updates/i }));
    await waitFor(() =>
      expect(saved.at(-1)?.rules.allowedClassifications).toEqual(['Security Updates', 'Mises à jour de la sécurité']),
    );
  });

  it('forecasts each saved change, keeping the numbers of before meanwhile', async () => {
    const person = userEvent.setup();
    let open: (() => void) | null = null;
    const { bridge } = showEditor({
      'rules.forecast': async () => {
        const isLater = saved.length > 0;
        if (isLater)
          await new Promise<void>((resolve) => {
            open = resolve;
          });
        const moves = [{ before: 'forbidden', after: 'allowed', pairs: isLater ? 9 : 2 }] as const;
        return ruleForecast({ fresh: { hosts: 10, changedHosts: 1, pairs: 12, moves } });
      },
    });
    const strip = await screen.findByRole('region', { name: 'Forecast' });
    expect(await screen.findByRole('button', { name: 'Show the list: 2 become allowed' })).toBeVisible();
    await person.click(screen.getByRole('button', { name: 'Lift the forbid' }));
    await waitFor(() => expect(open).not.toBeNull());
    expect(strip).toHaveAttribute('aria-busy', 'true');
    expect(screen.getByRole('button', { name: 'Show the list: 2 become allowed' })).toBeVisible();
    (open as (() => void) | null)?.();
    expect(await screen.findByRole('button', { name: 'Show the list: 9 become allowed' })).toBeVisible();
    expect(strip).toHaveAttribute('aria-busy', 'false');
    expect(bridge.requests('rules.forecast')).toEqual([{ draftId: 'd' }, { draftId: 'd' }]);
  });

  it('opens the list behind a number, pair by pair', async () => {
    const person = userEvent.setup();
    const moves = [
      { before: 'forbidden', after: 'allowed', pairs: 1 },
      { before: 'held-back', after: 'allowed', pairs: 1 },
    ] as const;
    const { bridge } = showEditor({
      'rules.forecast': () => ruleForecast({ fresh: { hosts: 10, changedHosts: 2, pairs: 2, moves } }),
      'rules.pairs': ({ before }) => ({
        pairs: [rulePair({ uuid: before, fqdn: `${before}.example.org`, before })],
        total: 1,
        isCutOff: false,
      }),
    });
    await person.click(await screen.findByRole('button', { name: 'Show the list: 2 become allowed' }));
    expect(await screen.findByRole('dialog', { name: 'Forecast: pairs that become allowed' })).toBeVisible();
    expect(await screen.findByText('held-back.example.org')).toBeInTheDocument();
    expect(await screen.findByText('forbidden.example.org')).toBeInTheDocument();
    expect(bridge.requests('rules.pairs')).toContainEqual({
      draftId: 'd',
      before: 'held-back',
      after: 'allowed',
      isStale: false,
      limit: 10_000,
    });
  });

  it('warns, sets right what it warns of, and undoes that', async () => {
    const person = userEvent.setup();
    showEditor({
      'rules.forecast': () =>
        saved.some((one) => one.rules.allowedUpdates.length === 0)
          ? ruleForecast()
          : ruleForecast({
              warnings: [{ kind: 'matches-nothing', list: 'allowedUpdates', entry: 'a_1' }],
              warningCounts: { 'matches-nothing': 1 },
            }),
    });
    await person.click(await screen.findByRole('tab', { name: '1 warning' }));
    expect(await screen.findByText('This rule matches nothing')).toBeVisible();
    await person.click(screen.getByRole('button', { name: 'Remove it' }));
    await waitFor(() => expect(saved.at(-1)?.rules.allowedUpdates).toEqual([]));
    expect(await screen.findByText('Nothing in this draft is likely to surprise you.')).toBeVisible();
    await person.click(screen.getByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(saved.at(-1)?.rules.allowedUpdates).toEqual(['a_1']));
  });

  it('says that the package moved under the draft, and puts the changes onto the newest', async () => {
    const person = userEvent.setup();
    const old = rulePackage('acme-wsus', '3', { isNewest: false });
    const newest = rulePackage('acme-wsus', '4', { signer: 'bob' });
    const base = { ...emptyRules, allowedUpdates: ['a_1'] };
    const moved: Draft = { ...draft, base: { filename: old.filename, version: '3' } };
    showEditor(
      {
        'packages.list': () => ({ packages: [old, newest], readAt: null, isOffline: false }),
        'packages.read': ({ filename }) =>
          filename === old.filename
            ? packageContent(old, base)
            : packageContent(newest, { ...base, allowedUpdates: ['a_1', 'b_1'] }),
      },
      moved,
    );
    expect(await screen.findByText('Version 4 was published under this draft.')).toBeVisible();
    await person.click(screen.getByRole('button', { name: 'Open the newest beside' }));
    const theirs = await screen.findByRole('region', { name: 'What version 4 changed since 3' });
    await waitFor(() => expect(theirs).toHaveTextContent('Second'));
    await person.click(screen.getByRole('button', { name: 'Close' }));
    await person.click(await screen.findByRole('button', { name: 'Put my changes onto it' }));
    await waitFor(() => expect(saved.at(-1)?.base).toEqual({ filename: newest.filename, version: '4' }));
    expect(saved.at(-1)?.rules).toMatchObject({ allowedUpdates: ['a_1', 'b_1'], forbiddenKbs: ['KB5000001'] });
    expect(screen.queryByText('Version 4 was published under this draft.')).toBeNull();
    await person.click(screen.getByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(saved.at(-1)?.base?.version).toBe('3'));
    expect(await screen.findByText('Version 4 was published under this draft.')).toBeVisible();
  });

  it('takes a change that another screen left for it, as a step', async () => {
    const person = userEvent.setup();
    showEditor();
    await screen.findByRole('region', { name: 'Forecast' });
    act(() => leaveStep('d', { kind: 'rules', change: (rules) => ({ ...rules, forbiddenKbs: [] }) }));
    await waitFor(() => expect(saved.at(-1)?.rules.forbiddenKbs).toEqual([]));
    await person.click(screen.getByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(saved.at(-1)?.rules.forbiddenKbs).toEqual(['KB5000001']));
  });
});
