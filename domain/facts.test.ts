import { describe, expect, it } from 'vitest';
import { ALL_HOSTS, hostFacts, inferOptions, type StatedOptions } from './facts.ts';

const DAY = 86_400_000;
const host = (
  wuaStatus: Record<string, unknown> | null = null,
  groups: readonly string[] = [],
  language: string | null = null,
) => ({
  wuaStatus,
  groups,
  language,
});
const stated = (some: Partial<StatedOptions>): StatedOptions => ({
  defaultAllow: null,
  installDelay: null,
  language: null,
  allowedSeverities: null,
  ...some,
});

describe('facts of a host', () => {
  it('come from its report first, then from what was stated, then from what its rows show', () => {
    const all = {
      [ALL_HOSTS]: stated({ defaultAllow: true, installDelay: '7d', language: 'fr', allowedSeverities: ['Low'] }),
    };
    const inferred = { defaultAllow: false, allowed: ['Critical'], denied: ['Low'] };
    const reported = hostFacts(
      host({ default_allow: false, install_delay: '3d', allowed_severities: ['Important'] }, [], 'en-GB'),
      all,
      inferred,
    );
    expect(reported).toMatchObject({
      options: {
        defaultAllow: false,
        installDelay: 3 * DAY,
        language: 'en',
        allowedSeverities: ['Important'],
        deniedSeverities: null,
      },
      defaultAllow: 'reported',
      installDelay: 'reported',
      language: 'reported',
      severities: 'reported',
    });
    expect(hostFacts(host(), all, inferred)).toMatchObject({
      options: { defaultAllow: true, installDelay: 7 * DAY, language: 'fr', allowedSeverities: ['Low'] },
      defaultAllow: 'assumed',
      installDelay: 'assumed',
      language: 'assumed',
      severities: 'assumed',
    });
    expect(hostFacts(host(), {}, inferred)).toMatchObject({
      options: {
        defaultAllow: false,
        installDelay: null,
        language: null,
        allowedSeverities: ['Critical'],
        deniedSeverities: ['Low'],
      },
      defaultAllow: 'inferred',
      installDelay: 'unknown',
      language: 'unknown',
      severities: 'inferred',
    });
    expect(hostFacts(host(), {})).toMatchObject({
      options: { defaultAllow: null, deniedSeverities: [] },
      defaultAllow: 'unknown',
      severities: 'unknown',
    });
  });

  it('take the first group that states a fact, and what holds for all last', () => {
    const all = {
      [ALL_HOSTS]: stated({ defaultAllow: false, installDelay: '1d' }),
      pilot: stated({ installDelay: '2d' }),
      desktops: stated({ defaultAllow: true, installDelay: '3d' }),
    };
    const { options } = hostFacts(host(null, ['pilot', 'desktops']), all);
    expect(options).toMatchObject({ defaultAllow: true, installDelay: 2 * DAY });
    expect(hostFacts(host(null, ['__proto__', 'constructor']), all).options.defaultAllow).toBe(false);
  });

  it.each([
    ['', 0],
    [null, 0],
    ['7d', 7 * DAY],
    [7, 7 * DAY],
    ['soon', null],
    [{}, null],
  ])('read the reported delay %j as %s', (value, delay) => {
    expect(hostFacts(host({ install_delay: value }), {}).options.installDelay).toBe(delay);
  });

  it.each([
    [true, true],
    ['True', true],
    ['off', false],
    ['perhaps', null],
    [1, null],
  ])('read the reported default %j as %s', (value, allow) => {
    expect(hostFacts(host({ default_allow: value }), {}).options.defaultAllow).toBe(allow);
  });

  it('read severities as a list and as text', () => {
    expect(hostFacts(host({ allowed_severities: 'Critical, Important' }), {}).options.allowedSeverities).toEqual([
      'Critical',
      'Important',
    ]);
    expect(hostFacts(host({ allowed_severities: [] }), {}).severities).toBe('reported');
  });
});

describe('what decisions about unruled updates show', () => {
  const row = (severity: string | null, isAllowed: boolean) => ({ severity, isAllowed });

  it.each([
    ['nothing without rows', [], null, [], []],
    ['a refusal: the default is off', [row('Low', false)], false, [], ['Low']],
    [
      'one severity allowed beside a refusal: its own list',
      [row('Critical', true), row('Low', false)],
      false,
      ['Critical'],
      ['Low'],
    ],
    ['one without severity allowed: the default is on', [row(null, true), row('Low', true)], true, ['Low'], []],
    ['only severities allowed: either may be so', [row('Critical', true)], null, ['Critical'], []],
    ['one without severity refused', [row(null, false), row('Critical', true)], false, ['Critical'], []],
    ['both answers for one severity: something else decided', [row('Low', true), row('Low', false)], null, [], []],
    ['the default on and off at once', [row(null, true), row('Low', false)], null, [], []],
  ])('%s', (_name, rows, defaultAllow, allowed, denied) => {
    expect(inferOptions(rows)).toEqual({ defaultAllow, allowed, denied });
  });
});
