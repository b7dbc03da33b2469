import { screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { Route, Routes, useLocation } from 'react-router';
import { describe, expect, it } from 'vitest';
import type { PackageVersion } from '../../../../contract/schemas/history.ts';
import type { Draft } from '../../../../contract/schemas/packages.ts';
import { fakeBridge } from '../../../testing/fake-bridge.ts';
import { show } from '../../../testing/show.tsx';
import { noUpdates, updateRow } from '../testing.ts';
import { en as packagesEn } from '../words/en.ts';
import { fr as packagesFr } from '../words/fr.ts';
import { HistoryScreen } from './HistoryScreen.tsx';
import { historyWords } from './words.ts';

const version = (name: string, facts: Partial<PackageVersion> = {}): PackageVersion => ({
  package: 'acme-wua',
  version: name,
  filename: `acme-wua_${name}.wapt`,
  signer: 'CN=Ada',
  signedOn: '2026-11-20T10:00:00',
  verification: { kind: 'verified' },
  published: { user: 'ada', at: '2026-11-20T10:00:05Z', reason: `reason ${name}` },
  ruleCount: 3,
  ...facts,
});

const versions = [
  version('3'),
  version('2', { published: null, ruleCount: null }),
  version('1', { filename: null, signer: null }),
];

const draft: Draft = {
  id: 'd1',
  package: 'acme-wua',
  description: '',
  maturity: 'PROD',
  rules: {
    allowedUpdates: [],
    forbiddenUpdates: [],
    allowedKbs: [],
    forbiddenKbs: [],
    allowedProducts: [],
    allowedSeverities: [],
    allowedClassifications: [],
  },
  base: null,
  builders: [],
  savedAt: '2026-11-21T10:00:00Z',
};

function Where() {
  const { pathname, search } = useLocation();
  return <p>{`at ${pathname}${search}`}</p>;
}

function start(list: readonly PackageVersion[] = versions) {
  const bridge = fakeBridge({
    'history.versions': () => list,
    'history.diff': ({ from, to }) => ({
      from,
      to,
      besideKbs: from === '1' ? 2 : 0,
      control: from === '2' ? [{ field: 'depends', from: '', to: 'acme-base' }] : from === '1' ? [] : null,
      lists: from === '1' ? [] : [{ list: 'forbiddenKbs', added: ['KB5000001'], removed: ['KB5000002'] }],
    }),
    'history.restore': () => draft,
    'updates.list': () => ({ ...noUpdates, rows: [updateRow('a', { title: 'Printers break', kbids: ['5000001'] })] }),
  });
  show(
    <Routes>
      <Route path="/" element={<HistoryScreen />} />
      <Route path="*" element={<Where />} />
    </Routes>,
    bridge,
    { words: { history: historyWords, packages: { en: packagesEn, fr: packagesFr } } },
  );
  return { bridge, person: userEvent.setup() };
}

describe('the history of a package', () => {
  it('says of each version who published it, when and why', async () => {
    start();
    const [third, second, first] = await screen.findAllByRole('listitem', { name: /^Version/ });
    expect(third?.textContent).toMatch(/Newest.*Published by ada.*Signed by CN=Ada.*reason 3.*3 entries/);
    expect(second?.textContent).toMatch(/Not published from this console/);
    expect(first?.textContent).toMatch(/No longer in the repository/);
    expect(within(third as HTMLElement).queryByRole('button')).toBeNull();
  });

  it('opens on the newest against the one before it, with titles', async () => {
    start();
    await screen.findByRole('heading', { name: 'From version 2 to version 3' });
    const list = await screen.findByRole('region', { name: 'Forbidden KBs' });
    expect(
      within(list)
        .getAllByRole('listitem')
        .map((line) => line.textContent),
    ).toEqual(['KB5000002', 'Printers breakKB5000001']);
    const fields = screen.getByRole('region', { name: 'Beside the rules' });
    expect(within(fields).getByRole('listitem').textContent).toBe('dependsnothingacme-base');
  });

  it('compares any two, by radio buttons and arrows', async () => {
    const { bridge, person } = start();
    await person.click(await screen.findByRole('radio', { name: 'Compare from version 1' }));
    expect(await screen.findByText('Nothing differs between the two: both decide the same.')).toBeTruthy();
    await person.click(screen.getByRole('button', { name: 'Swap the sides' }));
    expect(await screen.findByRole('heading', { name: 'From version 3 to version 1' })).toBeTruthy();
    expect(bridge.requests('history.diff').at(-1)).toMatchObject({ from: '3', to: '1' });
    expect(await screen.findByText(/^Description, maturity and other fields cannot be compared/)).toBeTruthy();
    await person.click(screen.getByRole('radio', { name: 'Compare to version 3' }));
    expect(await screen.findByText('Both sides are the same version.')).toBeTruthy();
  });

  it('makes a draft of an earlier content and opens its review', async () => {
    const { bridge, person } = start();
    await person.click(await screen.findByRole('button', { name: 'Publish again… Version 1' }));
    expect(await screen.findByText('at /packages/edit/d1?review=1')).toBeTruthy();
    expect(bridge.requests('history.restore')).toMatchObject([{ version: '1' }]);
  });

  it('has nothing to compare where there is one version, and nothing to show where there is none', async () => {
    start([version('1')]);
    expect((await screen.findAllByText('There is only this version: nothing to compare it with.')).length).toBe(1);
  });
});
