import { screen, waitFor } from '@testing-library/react';
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
import { noAnswer, noUpdates, updateRow } from './testing.ts';

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
});

function showEditor(answers: FakeAnswers = {}) {
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
    ...answers,
  });
  const shown = show(<DraftEditor draft={draft} />, bridge, {
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
});
