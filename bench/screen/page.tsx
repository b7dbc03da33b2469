import { type ReactNode, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { MemoryRouter } from 'react-router';
import type { FilterAnswer } from '../../domain/catalogue.ts';
import type { UpdateRow } from '../../domain/update.ts';
import { Providers } from '../../renderer/app/Providers.tsx';
import { makeQueryClient } from '../../renderer/app/queries.ts';
import { feature } from '../../renderer/features/updates/feature.ts';
import { useFilterStore } from '../../renderer/features/updates/filter-store.ts';
import { addWords, startI18n } from '../../renderer/i18n/i18n.ts';
import { fakeBridge } from '../../renderer/testing/fake-bridge.ts';
import { openSession } from '../../renderer/testing/fixtures.ts';
import { BareGrid } from './BareGrid.tsx';
import { makeSteps, type Step } from './filters.ts';
import { makeRows } from './rows.ts';

/** Where a grid stands on the page, in pixels. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** What the bench asks of the page. */
export interface Bench {
  /** Makes the rows, before anything is drawn. */
  readonly prepare: (rows: number) => void;
  /** Draws the update list of the console, or AG Grid alone in the same area; over when its rows are painted. */
  readonly draw: (what: 'console' | 'bare', area?: Area) => Promise<Area>;
  /** How many rows and columns of the list are drawn. */
  readonly drawn: () => { readonly rows: number; readonly columns: number };
  /** Goes once through all filters; over when the rows of the last one are painted. */
  readonly goThrough: () => Promise<void>;
}

let rows: UpdateRow[] = [];
let steps: readonly Step[] = [];
let apply: (step: Step) => void = () => {};

const frame = (): Promise<unknown> => new Promise((done) => requestAnimationFrame(done));
const gridOnPage = (): Element | null => document.querySelector('[role="grid"]');

/** Waits until the grid says that it has so many rows, and has painted them. */
async function painted(count: number): Promise<void> {
  const isThere = (): boolean =>
    gridOnPage()?.getAttribute('aria-rowcount') === String(count + 1) && document.querySelector('.ag-row') !== null;
  // What stands there when a frame begins is painted in it, and has been when the next one begins.
  do await frame();
  while (!isThere());
  await frame();
}

function Screen(): ReactNode {
  const [client] = useState(makeQueryClient);
  const [i18n] = useState(startI18n);
  addWords(i18n, 'updates', feature.words);
  const [bridge] = useState(() => {
    const byFilter = new Map(steps.map(({ filter, answer }) => [JSON.stringify(filter), answer]));
    return fakeBridge({
      'session.state': () => openSession(),
      'index.state': () => ({ date: null, size: null, lastCheck: null, readAt: '2026-11-21T00:00:00Z', task: null }),
      'failures.knownBad': () => [],
      'updates.list': () => ({
        rows,
        freshness: { syncedAt: null, isOffline: false },
        unscanned: [],
        hostCount: 1000,
        neverScanned: 0,
        isCutOff: false,
      }),
      'updates.query': ({ filter }) => JSON.parse(byFilter.get(JSON.stringify(filter)) ?? '') as FilterAnswer,
    });
  });
  return (
    <Providers bridge={bridge} client={client} i18n={i18n}>
      <MemoryRouter>
        <feature.Screen />
      </MemoryRouter>
    </Providers>
  );
}

function Bare({ area }: { readonly area: Area }): ReactNode {
  const [take] = useState(() => (setFilter: (ids: ReadonlySet<string>) => void) => {
    apply = ({ answer }) => setFilter(new Set((JSON.parse(answer) as FilterAnswer).ids));
  });
  useEffect(() => {
    const first = steps.at(-1);
    if (first !== undefined) apply(first);
  }, []);
  return (
    <div style={{ position: 'absolute', ...area }}>
      <BareGrid rows={rows} columnCount={42} take={take} />
    </div>
  );
}

const bench: Bench = {
  prepare: (count) => {
    rows = [...makeRows(count)];
    steps = makeSteps(rows);
  },
  draw: async (what, area = { left: 0, top: 0, width: innerWidth, height: innerHeight }) => {
    const root = document.createElement('div');
    root.style.cssText = 'height: 100vh';
    document.body.append(root);
    apply = ({ filter }) => useFilterStore.setState({ filter });
    createRoot(root).render(what === 'console' ? <Screen /> : <Bare area={area} />);
    await painted(steps.at(-1)?.shown ?? 0);
    const { left, top, width, height } = (gridOnPage() ?? root).getBoundingClientRect();
    return { left, top, width, height };
  },
  drawn: () => ({
    rows: new Set([...document.querySelectorAll('.ag-row')].map((row) => row.getAttribute('row-index'))).size,
    columns: document.querySelectorAll('.ag-header-cell').length,
  }),
  goThrough: async () => {
    for (const step of steps) {
      apply(step);
      await painted(step.shown);
    }
  },
};
Object.assign(globalThis, { bench });
