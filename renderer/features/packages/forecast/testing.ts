/** Forecasts for the tests of this folder. */
import type { RuleForecast, RulePair } from '../../../../contract/schemas/rules.ts';
import type { LiveForecast } from './use-forecast.ts';

/** A forecast of which only what a test names is not zero. */
export function ruleForecast(facts: Partial<RuleForecast> = {}): RuleForecast {
  return {
    draftId: 'd',
    package: 'acme-wsus',
    savedAt: '2026-11-21T10:00:00.000Z',
    computedAt: '2026-11-21T10:00:00.000Z',
    holders: { hosts: 10, have: 10, willGet: 0, unsure: 0 },
    fresh: { hosts: 10, changedHosts: 0, pairs: 0, moves: [] },
    stale: { hosts: 0, changedHosts: 0, pairs: 0, moves: [], neverScanned: 0 },
    serverBytes: 0,
    hostBytes: 0,
    unknown: { defaultAllow: 0, installDelay: 0, language: 0, packageContent: 0, directoryGroups: 0 },
    unread: [],
    legacyHosts: 0,
    contradictions: [],
    warnings: [],
    warningCounts: {},
    ruleCount: 0,
    addedIds: 0,
    ...facts,
  };
}

/** The forecast of what is on screen. */
export function liveForecast(facts: Partial<RuleForecast> = {}): LiveForecast {
  return { forecast: ruleForecast(facts), isComputing: false, isCurrent: true, error: null, retry: () => {} };
}

/** A pair that a draft would allow. */
export function rulePair(facts: Partial<RulePair> = {}): RulePair {
  return {
    uuid: 'h1',
    fqdn: 'h1.example.org',
    updateId: 'a_1',
    title: 'An update',
    kbids: ['5000001'],
    changetime: '2026-11-01',
    state: 'forbidden',
    status: 'DISCARDED',
    before: 'forbidden',
    after: 'allowed',
    reason: null,
    ...facts,
  };
}
