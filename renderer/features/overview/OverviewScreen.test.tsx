import { screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { FleetNews, FleetOverview, TrendPoint } from '../../../contract/schemas/fleet.ts';
import type { Cell } from '../../../domain/compliance-tally.ts';
import { Failure, type FakeAnswers, fakeBridge } from '../../testing/fake-bridge.ts';
import { openSession } from '../../testing/fixtures.ts';
import { show } from '../../testing/show.tsx';
import { OverviewScreen } from './OverviewScreen.tsx';
import { en } from './words/en.ts';
import { fr } from './words/fr.ts';

const cell = (dimension: Cell['dimension'], key: string, more: Partial<Cell> = {}): Cell => ({
  dimension,
  key,
  hosts: 12,
  counted: 10,
  neverScanned: 1,
  raw: 3,
  allowed: 7,
  pending: 2,
  missing: 1,
  failed: 1,
  heldBack: 0,
  forbidden: 4,
  unknown: 0,
  neededRows: 30,
  ...more,
});

const index = { date: '2026-11-15T05:00:00Z', size: 5, lastCheck: null, readAt: '2026-11-20T10:00:00Z', task: null };

const overview: FleetOverview = {
  freshness: { syncedAt: '2026-11-21T10:00:00Z', isOffline: false },
  isCutOff: false,
  staleDays: 14,
  cells: [
    cell('fleet', ''),
    cell('severity', 'Low'),
    cell('severity', 'Critical', { allowed: 10 }),
    ...Array.from({ length: 20 }, (_each, n) => cell('group', `g${n}`)),
  ],
  systemNames: {},
  otherHosts: 2,
  apart: { 'never-scanned': 1, 'scan-old': 1, unread: 0, silent: 3, 'off-since-release': 2, reboot: 4 },
  rebootUnsaid: 5,
  cache: {
    present: { updates: 3, bytes: 3_000_000, unknownSizes: 0 },
    absent: { updates: 2, bytes: 0, unknownSizes: 2 },
  },
  index,
  indexDates: [
    { date: '2026-11-15T05:00:00Z', hosts: 8 },
    { date: '2026-10-15T05:00:00Z', hosts: 2 },
  ],
};

const first: FleetNews = {
  before: null,
  counts: null,
  goneHosts: 0,
  was: null,
  is: { counted: 10, raw: 3, allowed: 7 },
  index: null,
};

const point = (day: string): TrendPoint => ({ ...cell('fleet', ''), day, staleDays: 14 });

function start(answers: FakeAnswers = {}) {
  const bridge = fakeBridge({
    'session.state': () => openSession(),
    'fleet.overview': () => overview,
    'fleet.news': () => first,
    'fleet.visit': () => first,
    'fleet.trend': () => ({ points: [point('2026-11-21')], since: '2026-11-21' }),
    'index.state': () => index,
    ...answers,
  });
  show(<OverviewScreen />, bridge, { words: { overview: { en, fr } } });
  return bridge;
}

const setOf = (link: HTMLElement): unknown =>
  JSON.parse(new URL(link.getAttribute('href') ?? '', 'app://console/').searchParams.get('where') ?? 'null');

describe('the overview', () => {
  it('shows raw and allowed side by side, and each figure leads to its set', async () => {
    const bridge = start();
    const fleet = await screen.findByRole('region', { name: 'The whole fleet' });
    const allowed = within(fleet).getByRole('link', { name: 'Compliant with what is allowed: 70%' });
    expect(within(fleet).getByRole('link', { name: 'Compliant, raw: 30%' })).toBeVisible();
    expect(setOf(allowed)).toEqual({ kind: 'compliance', dimension: 'fleet', key: '', measure: 'compliant-allowed' });
    expect(setOf(within(fleet).getByRole('link', { name: 'Stale hosts: 2' }))).toMatchObject({ measure: 'stale' });
    expect(screen.getByText(/2 other hosts are in no figure/)).toBeVisible();
    expect(bridge.requests('fleet.visit')).toHaveLength(1);
  });

  it('says what a number means when one focuses it', async () => {
    start();
    const link = await screen.findByRole('link', { name: 'Silent hosts: 3' });
    await userEvent.hover(link);
    expect(await screen.findByRole('tooltip')).toHaveTextContent('has not seen it for more than 14 days');
  });

  it('tells what stands apart, and what the server lacks', async () => {
    start();
    const apart = await screen.findByRole('region', { name: 'Apart' });
    expect(within(apart).getByText('5 hosts do not say')).toBeVisible();
    expect(within(apart).queryByText(/not read yet/)).not.toBeInTheDocument();
    const server = screen.getByRole('region', { name: 'Server' });
    const absent = within(server).getByRole('link', { name: 'Needed, allowed and not on the server: 2' });
    expect(absent.getAttribute('href')).toMatch(/^\/updates\?/);
    expect(within(server).getByText(/2 of unknown size/)).toBeVisible();
    expect(within(server).getByText('2 counted hosts scanned against another one')).toBeVisible();
  });

  it('keeps the order of severities, and shows few of many entries until one asks', async () => {
    start();
    const table = await screen.findByRole('table', { name: 'Compliance by Severity' });
    expect(
      within(table)
        .getAllByRole('rowheader')
        .map((each) => each.textContent),
    ).toEqual(['Critical', 'Low']);
    await userEvent.click(screen.getByRole('button', { name: 'Group' }));
    const groups = await screen.findByRole('table', { name: 'Compliance by Group' });
    expect(within(groups).getAllByRole('rowheader')).toHaveLength(12);
    await userEvent.click(screen.getByRole('button', { name: 'Show all 20 entries' }));
    expect(within(groups).getAllByRole('rowheader')).toHaveLength(20);
    expect(screen.getByText('Drawn are the 8 entries with most hosts; the table has all 20.')).toBeVisible();
  });

  it('draws no line of one day, and one of two; an entry shows its own', async () => {
    const bridge = start({
      'fleet.trend': ({ dimension }) =>
        dimension === 'fleet'
          ? { points: [point('2026-11-21')], since: '2026-11-21' }
          : { points: [point('2026-11-20'), point('2026-11-21')], since: '2026-11-20' },
    });
    expect(await screen.findByText(/A trend needs a second day/)).toBeVisible();
    await userEvent.click(await screen.findByRole('button', { name: 'Trend of Critical' }));
    expect(await screen.findByText('Figures of each day')).toBeVisible();
    expect(bridge.requests('fleet.trend').at(-1)).toEqual({ dimension: 'severity', key: 'Critical', days: 90 });
    await userEvent.click(screen.getByRole('button', { name: 'Whole fleet' }));
    expect(await screen.findByText(/A trend needs a second day/)).toBeVisible();
  });

  it('tells the news since the last look', async () => {
    const told: FleetNews = {
      before: '2026-11-19T10:00:00Z',
      counts: { needed: 4, failed: 1, compliant: 2, fallen: 0, silent: 0, 'new-hosts': 3 },
      goneHosts: 1,
      was: { counted: 10, raw: 3, allowed: 9 },
      is: { counted: 10, raw: 3, allowed: 7 },
      index: { was: null, is: '2026-11-15T05:00:00Z' },
    };
    start({ 'fleet.news': () => first, 'fleet.visit': () => told });
    const news = await screen.findByRole('region', { name: 'Since you last looked' });
    const needed = within(news).getByRole('link', { name: 'Needed since the last visit: 4' });
    expect(setOf(needed)).toEqual({ kind: 'news', news: 'needed' });
    expect(needed.getAttribute('href')).toMatch(/^\/updates\?/);
    expect(within(news).getByText('-2 since then')).toBeVisible();
    expect(within(news).getByText('Hosts the server no longer has')).toBeVisible();
  });

  it('shows what the server said last of its index when it is away', async () => {
    start({
      'index.state': () => new Failure({ code: 'signed-out' }),
      'fleet.overview': () => ({ ...overview, isCutOff: true, index: { ...index, date: null } }),
    });
    const server = await screen.findByRole('region', { name: 'Server' });
    expect(await within(server).findByText('none')).toBeVisible();
    expect(screen.getByText(/cut off at its limit/)).toBeVisible();
  });

  it('says that there is nothing yet, and how one comes to something', async () => {
    const bridge = start({
      'fleet.overview': () => ({ ...overview, cells: [cell('fleet', '', { hosts: 0, counted: 0 })] }),
      'sync.start': () => new Failure({ code: 'unreachable' }),
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Read the server' }));
    expect(bridge.requests('sync.start')).toEqual([{ full: false }]);
    expect(await screen.findByRole('alert')).toBeVisible();
  });
});
