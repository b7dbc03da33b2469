import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import type {
  Assignment,
  AssignmentPreview,
  AssignmentResult,
  AssignmentStep,
} from '../../../../contract/schemas/assignment.ts';
import { type FakeAnswers, fakeBridge } from '../../../testing/fake-bridge.ts';
import { show } from '../../../testing/show.tsx';
import { feature as hostsFeature } from '../../hosts/feature.ts';
import { hostRow, openSigner } from '../../hosts/testing.ts';
import { feature } from '../feature.ts';
import { AssignmentDialog } from './AssignmentDialog.tsx';
import { assignmentWords } from './words.ts';

const target = { unsureHosts: 0, maturity: 'PROD', description: '', signer: 'admin' };
const assignment: Assignment = {
  package: 'acme-wsus',
  targets: [
    { ...target, section: 'group', name: 'pilot', version: '5', hosts: 2, carries: 'direct' },
    { ...target, section: 'group', name: 'wide', version: '2', hosts: 9, carries: 'none' },
    { ...target, section: 'unit', name: 'OU=Sales,DC=lan', version: null, hosts: 3, carries: 'none' },
  ],
  hosts: [],
  reached: ['a', 'b'],
  unsure: 0,
  readAt: null,
};
const shownHost = { uuid: 'c', fqdn: 'c.example.org', description: null, reachable: 'OK' };
const stepOf = (over: Partial<AssignmentStep> = {}): AssignmentStep => ({
  section: 'group',
  name: 'wide',
  action: 'add',
  label: 'wide',
  version: '2',
  signer: 'colleague',
  trust: 'verified',
  isSettled: false,
  error: null,
  ...over,
});
const previewOf = (steps: readonly AssignmentStep[], over: Partial<AssignmentPreview> = {}): AssignmentPreview => ({
  package: 'acme-wsus',
  steps,
  gained: [shownHost],
  lost: [],
  unsure: [],
  kept: 2,
  untrusting: [],
  forecast: {
    version: '4',
    isRead: true,
    fresh: {
      hosts: 1,
      changedHosts: 1,
      pairs: 9,
      moves: [
        { before: 'forbidden', after: 'allowed', pairs: 7 },
        { before: 'allowed', after: 'allowed', pairs: 2 },
      ],
    },
    stale: { hosts: 1, changedHosts: 0, pairs: 0, moves: [], neverScanned: 1 },
    serverBytes: 2_000_000,
    hostBytes: 3_000_000,
  },
  ...over,
});
const resultOf = (over: Partial<AssignmentResult> = {}): AssignmentResult => ({
  section: 'group',
  name: 'wide',
  action: 'add',
  label: 'wide',
  outcome: 'done',
  version: '3',
  by: null,
  error: null,
  ...over,
});

function open(answers: FakeAnswers = {}) {
  const onClose = vi.fn();
  const bridge = fakeBridge({
    'assignment.list': () => assignment,
    'assignment.preview': () => previewOf([stepOf()]),
    'assignment.apply': () => ({ results: [resultOf()] }),
    'hosts.list': () => ({
      rows: [hostRow('a', { groups: ['pilot'] }), hostRow('c', { groups: ['acme-wsus'] })],
      freshness: { syncedAt: null, isOffline: false },
      isCutOff: false,
    }),
    'signer.state': () => openSigner('leaf'),
    ...answers,
  });
  show(<AssignmentDialog name="acme-wsus" onClose={onClose} />, bridge, {
    words: { packages: feature.words, hosts: hostsFeature.words, assignment: assignmentWords },
  });
  return { bridge, onClose, person: userEvent.setup() };
}

const box = (name: RegExp) => screen.findByRole('checkbox', { name });
describe('choosing who gets a package', () => {
  it('shows each kind on its tab, checked where it asks for the package', async () => {
    const { person } = open();
    expect(await box(/^pilot/)).toBeChecked();
    expect(await box(/^wide/)).not.toBeChecked();
    await person.click(screen.getByRole('tab', { name: /^Hosts \(2\)/ }));
    expect(await box(/^c\.example/)).toBeChecked();
    expect(await box(/^a\.example/)).not.toBeChecked();
    expect(screen.getByText('gets it already')).toBeVisible();
    await person.click(screen.getByRole('tab', { name: /^Profiles/ }));
    expect(screen.getByText(/No host says in which directory groups/)).toBeVisible();
  });

  it('goes by the keyboard from box to box', async () => {
    const { person } = open();
    (await box(/^pilot/)).focus();
    await person.keyboard('{ArrowDown}');
    expect(await box(/^wide/)).toHaveFocus();
    await person.keyboard(' ');
    expect(await box(/^wide/)).toBeChecked();
    expect(screen.getByText('1 change')).toBeVisible();
  });

  it('searches, and asks about nothing that was not changed', async () => {
    const { person, bridge } = open();
    await person.type(await screen.findByRole('searchbox'), 'wid');
    expect(screen.queryByRole('checkbox', { name: /^pilot/ })).toBeNull();
    expect(screen.getByRole('button', { name: 'Preview' })).toBeDisabled();
    await person.click(await box(/^wide/));
    await person.click(screen.getByRole('button', { name: 'Preview' }));
    await screen.findByText('1 host gets it');
    expect(bridge.requests('assignment.preview')).toEqual([
      { package: 'acme-wsus', changes: [{ section: 'group', name: 'wide', action: 'add' }] },
    ]);
  });

  it('makes a group, with a name that servers take', async () => {
    const { person, bridge } = open();
    const name = await screen.findByRole('textbox', { name: 'Name of a new group' });
    await person.type(name, 'Été');
    expect(screen.getByRole('button', { name: 'Add group' })).toBeDisabled();
    await person.clear(name);
    await person.type(name, 'acme-new{Enter}');
    expect(await box(/^acme-new/)).toBeChecked();
    await person.click(screen.getByRole('button', { name: 'Preview' }));
    await screen.findByText('1 host gets it');
    expect(bridge.requests('assignment.preview')[0]).toMatchObject({
      changes: [{ section: 'group', name: 'acme-new', action: 'add' }],
    });
  });
});

const toReview = async (answers: FakeAnswers) => {
  const opened = open(answers);
  await opened.person.click(await box(/^wide/));
  await opened.person.click(screen.getByRole('button', { name: 'Preview' }));
  await screen.findByText('Packages that are written and signed by you');
  return opened;
};

describe('the preview', () => {
  it('names hosts that gain and lose it, and those that would drop what you sign', async () => {
    await toReview({
      'assignment.preview': () => previewOf([stepOf()], { lost: [shownHost], untrusting: [shownHost] }),
    });
    expect(screen.getByText('1 host gets it')).toBeVisible();
    expect(screen.getByText('1 host no longer has a reason to have it')).toBeVisible();
    expect(screen.getByText(/^1 of the hosts that get it does not list your signer/)).toBeVisible();
    expect(screen.getByText('2 hosts have it before and after')).toBeVisible();
    const effect = screen.getByRole('region', { name: 'What that changes for updates' });
    expect(within(effect).getByText('7 pairs of host and update: forbidden → allowed')).toBeVisible();
    expect(within(effect).queryByText(/allowed → allowed/)).toBeNull();
    expect(within(effect).getByText(/^1 host with an old scan is not counted/)).toBeVisible();
  });

  it('signs with the version that was shown and the reason, then tells the result', async () => {
    const { person, bridge } = await toReview({});
    await person.type(screen.getByRole('textbox', { name: 'Reason, for the journal' }), 'Pilot is over');
    await person.click(screen.getByRole('button', { name: 'Sign and upload' }));
    expect(await screen.findByText('Done')).toBeVisible();
    expect(bridge.requests('assignment.apply')).toEqual([
      {
        package: 'acme-wsus',
        changes: [{ section: 'group', name: 'wide', action: 'add', version: '2', acceptSigner: false }],
        reason: 'Pilot is over',
      },
    ]);
    expect(screen.getByRole('button', { name: 'Have these hosts read the repository' })).toBeVisible();
  });

  it('does not sign in the stead of a stranger unless one says so', async () => {
    const { person, bridge } = await toReview({
      'assignment.preview': () => previewOf([stepOf({ trust: 'intact', signer: 'stranger' })]),
    });
    expect(screen.getByText(/^Signed by stranger, whom this profile does not know/)).toBeVisible();
    expect(screen.getByRole('button', { name: 'Sign and upload' })).toBeDisabled();
    await person.click(screen.getByRole('checkbox', { name: 'Sign wide all the same' }));
    await person.click(screen.getByRole('button', { name: 'Sign and upload' }));
    await screen.findByText('Done');
    expect(bridge.requests('assignment.apply')[0]).toMatchObject({ changes: [{ acceptSigner: true }] });
  });

  it('leaves out what cannot be written, and says why', async () => {
    const refused = { code: 'package-refused', facts: { reason: 'needs-code-signing' } } as const;
    const { person, bridge } = await toReview({
      'assignment.preview': () =>
        previewOf([
          stepOf(),
          stepOf({ name: 'code', label: 'code', error: refused }),
          stepOf({ name: 'so', isSettled: true }),
        ]),
    });
    expect(screen.getByText(/contains a program, and its signer may not sign programs/)).toBeVisible();
    expect(screen.getByText('is so already: nothing is written')).toBeVisible();
    expect(screen.getByText('2 of these are left out.')).toBeVisible();
    await person.click(screen.getByRole('button', { name: 'Sign and upload' }));
    await screen.findByText('Done');
    expect(bridge.requests('assignment.apply')[0]).toMatchObject({ changes: [{ name: 'wide' }] });
  });
});

describe('the result', () => {
  it('says who published meanwhile, and offers to do again what was replaced', async () => {
    const results = [
      resultOf({ outcome: 'merged', by: 'colleague' }),
      resultOf({ name: 'other', label: 'other', outcome: 'overwritten', version: '9', by: 'colleague' }),
      resultOf({ name: 'third', label: 'third', outcome: 'failed', version: null, error: { code: 'upload-refused' } }),
    ];
    const { person, bridge } = await toReview({ 'assignment.apply': () => ({ results }) });
    await person.click(screen.getByRole('button', { name: 'Sign and upload' }));
    const list = await screen.findByRole('status', { name: 'What became of it' });
    expect(within(list).getByText(/^colleague published meanwhile/)).toBeVisible();
    expect(within(list).getByText('colleague published version 9 over yours, without your change.')).toBeVisible();
    expect(within(list).getByText(/did not take the package/)).toBeVisible();
    await person.click(screen.getByRole('button', { name: 'Do 2 changes again' }));
    await waitFor(() => expect(bridge.requests('assignment.preview')).toHaveLength(2));
    expect(bridge.requests('assignment.preview')[1]).toEqual({
      package: 'acme-wsus',
      changes: [
        { section: 'group', name: 'other', action: 'add' },
        { section: 'group', name: 'third', action: 'add' },
      ],
    });
    expect(await screen.findByRole('button', { name: 'Sign and upload' })).toBeVisible();
  });
});
