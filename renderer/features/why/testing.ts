/** Reasons for the tests of this folder. */
import type { Why, WhyGroup } from '../../../contract/schemas/rules.ts';

/** A group that a package allows by a KB, of which only what a test names is otherwise. */
export function whyGroup(facts: Partial<WhyGroup> = {}): WhyGroup {
  return {
    decision: 'allowed',
    before: 'allowed',
    reason: { kind: 'rule', list: 'allowedKbs', entry: 'KB5000001', packages: ['acme-wsus'] },
    heldUntil: null,
    defaultAllow: { value: false, source: 'reported' },
    installDelay: { value: 0, source: 'reported' },
    language: { value: 'en', source: 'reported' },
    packages: [{ package: 'acme-wsus', version: '3', isRead: true, isDraft: false }],
    hosts: 2,
    staleHosts: 0,
    uuids: ['h1', 'h2'],
    examples: [
      { uuid: 'h1', fqdn: 'h1.example.org' },
      { uuid: 'h2', fqdn: 'h2.example.org' },
    ],
    reported: [{ state: 'pending', hosts: 2 }],
    contradictions: [],
    changes: [],
    ...facts,
  };
}

/** Why an update stands as these groups say. */
export function whyOf(groups: readonly WhyGroup[]): Why {
  return {
    updateId: 'a_1',
    title: 'An update',
    kbids: ['5000001'],
    changetime: '2026-11-01',
    draft: null,
    groups,
  };
}
