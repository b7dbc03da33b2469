import { describe, expect, it } from 'vitest';
import type { OptionKey } from './agent-options.ts';
import { compareReported, meaningOf, type ReportedOptions, reportedOptions } from './reported-options.ts';

describe('what a host reports of its options', () => {
  it('is what it mentions, whatever the type', () => {
    expect(
      reportedOptions({
        status: 'OK',
        enabled: true,
        install_delay: '',
        default_allow: null,
        download_scheduling: 12,
        allowed_severities: ['Critical', 'Important'],
        filter: { odd: 1 },
      }),
    ).toEqual({
      enabled: 'true',
      install_delay: '',
      default_allow: '',
      download_scheduling: '12',
      allowed_severities: 'Critical,Important',
    });
    expect(reportedOptions({ waptwua_enabled: 'True' })).toEqual({ enabled: 'True' });
    expect(reportedOptions(null)).toEqual({});
  });
});

describe('the meaning of a text', () => {
  it.each<[OptionKey, string, string, boolean]>([
    ['enabled', 'true', '1', true],
    ['enabled', '', 'off', true],
    ['offline', '', 'yes', true],
    ['offline', '', 'false', false],
    ['install_delay', '7d', '168h', true],
    ['install_delay', '7', '1w', true],
    ['install_delay', '', '0s', true],
    ['install_delay', '7d', '', false],
    ['install_delay', 'soon', 'soon', true],
    ['allowed_severities', 'Important, Critical', 'critical,important', true],
    ['allowed_severities', '', 'Critical', false],
    ['filter', '', "Type='Software' or Type='Driver'", true],
  ])('%s: %j and %j are the same: %s', (key, a, b, same) => expect(meaningOf(key, a) === meaningOf(key, b)).toBe(same));
});

describe('the comparison', () => {
  const host = (name: string, options: ReportedOptions) => ({ uuid: name, fqdn: name, options });
  const hosts = [
    host('a', { enabled: 'true', install_delay: '7d' }),
    host('b', { enabled: '1', install_delay: '' }),
    host('c', { enabled: 'false' }),
    host('d', { install_delay: '3d' }),
    host('e', { install_delay: '72h' }),
    host('f', {}),
  ];
  const names = (list: readonly { readonly uuid: string }[]): string => list.map(({ uuid }) => uuid).join('');

  it('says who agrees, who differs by how, and who does not say', () => {
    const found = compareReported({ enabled: 'yes', install_delay: '168h' }, hosts);
    const shown = found.map(({ key, agree, differ, silent }) => [
      key,
      names(agree),
      differ.map((other) => `${other.text}:${names(other.hosts)}`),
      names(silent),
    ]);
    expect(shown.find(([key]) => key === 'enabled')).toEqual(['enabled', 'ab', ['false:c'], 'def']);
    expect(shown.find(([key]) => key === 'install_delay')).toEqual(['install_delay', 'a', ['3d:de', ':b'], 'cf']);
    expect(shown.find(([key]) => key === 'offline')).toEqual(['offline', '', [], 'abcdef']);
  });

  it('loses no host', () => {
    for (const { agree, differ, silent } of compareReported({ enabled: 'off' }, hosts)) {
      expect(agree.length + differ.reduce((sum, other) => sum + other.hosts.length, 0) + silent.length).toBe(
        hosts.length,
      );
    }
  });
});
