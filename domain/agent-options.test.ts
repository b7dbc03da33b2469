import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  AGENT_OPTIONS,
  formatSection,
  installerValues,
  type OptionDanger,
  type OptionKey,
  type OptionValues,
  optionDangers,
  optionProblem,
  readSection,
  wrongOptions,
} from './agent-options.ts';

describe('a text of an option', () => {
  it.each<[OptionKey, string, string | null]>([
    ['enabled', 'true', null],
    ['enabled', ' ON ', null],
    ['enabled', '0', null],
    ['enabled', '', null],
    ['enabled', 'maybe', 'not-boolean'],
    ['enabled', 'vrai', 'not-boolean'],
    ['offline', '2', 'not-boolean'],
    ['install_delay', '7d', null],
    ['install_delay', '7', null],
    ['install_delay', '1.5h', null],
    ['install_delay', '7 days', 'not-duration'],
    ['install_delay', '-3d', 'not-duration'],
    ['install_delay', '12h30', 'not-duration'],
    ['download_scheduling', '12h', null],
    ['allowed_severities', 'Important,Critical', null],
    ['allowed_severities', 'Important, Critical,', null],
    ['allowed_severities', 'Critique', 'not-severity'],
    ['allowed_severities', 'Critical;Important', 'not-severity'],
    ['allowed_severities', 'critical', 'severity-case'],
    ['filter', "Type='Software'", null],
    ['filter', "Type='Software", 'open-quote'],
    ['filter', 'a\nb', 'several-lines'],
  ])('%s = %j: %s', (key, text, problem) => expect(optionProblem(key, text)?.problem ?? null).toBe(problem));

  it('is named with the part that is wrong', () => {
    expect(optionProblem('allowed_severities', 'Critical,Urgent, High')?.detail).toBe('Urgent, High');
    expect(wrongOptions({ enabled: 'yes', offline: 'x', install_delay: 'soon' })).toEqual(['offline', 'install_delay']);
  });
});

describe('what one should know of', () => {
  const safe: OptionValues = {
    enabled: 'true',
    offline: 'true',
    default_allow: 'false',
    download_scheduling: '12h',
    install_at_shutdown: 'true',
    install_delay: '7d',
  };
  const dangers = (values: OptionValues, hasRules = true): OptionDanger[] =>
    optionDangers(values, hasRules).map(({ danger }) => danger);

  it.each<[string, OptionValues, boolean, OptionDanger[]]>([
    ['nothing where all is careful', safe, true, []],
    ['nothing where nothing is set', {}, false, []],
    [
      'everything installs by itself',
      { ...safe, default_allow: '1', install_scheduling: '12h' },
      true,
      ['installs-everything-unattended', 'installs-in-working-hours'],
    ],
    ['working hours', { ...safe, install_scheduling: '1d' }, true, ['installs-in-working-hours']],
    ['a schedule that is no duration is none', { ...safe, install_scheduling: 'daily' }, true, []],
    ['the cache', { ...safe, allow_direct_download: 'yes' }, true, ['goes-around-the-cache']],
    ['no rule allows anything', safe, false, ['installs-nothing']],
    ['severities allow without a rule', { ...safe, allowed_severities: 'Critical' }, false, []],
    ['no delay', { ...safe, default_allow: 'true', install_delay: '' }, true, ['allows-on-the-first-day']],
    [
      'a delay of nothing',
      { ...safe, allowed_severities: 'Low', install_delay: '0d' },
      true,
      ['allows-on-the-first-day'],
    ],
    ['Microsoft is asked', { ...safe, offline: 'off' }, true, ['asks-microsoft']],
    ['nobody scans', { ...safe, download_scheduling: '' }, true, ['never-scans']],
    ['nobody installs', { ...safe, install_at_shutdown: 'no' }, true, ['only-by-order']],
    ['given back', { ...safe, enabled: 'false', default_allow: 'true' }, false, ['given-back']],
    ['not taken over', { default_allow: 'true' }, false, ['has-no-effect']],
  ])('%s', (_name, values, hasRules, expected) => expect(dangers(values, hasRules)).toEqual(expected));

  it('is said at the options that it comes from', () => {
    const values = { ...safe, default_allow: 'true', install_scheduling: '12h' };
    expect(optionDangers(values, true)[0]).toEqual({
      danger: 'installs-everything-unattended',
      keys: ['default_allow', 'install_scheduling'],
      weight: 'danger',
    });
  });
});

describe('the ini text', () => {
  it('has the set options in order and nothing else', () => {
    expect(formatSection({ install_delay: ' 7d ', enabled: 'true', offline: '' })).toBe(
      '[waptwua]\nenabled=true\ninstall_delay=7d\n',
    );
    expect(formatSection({}, [{ key: 'allowed_kbs', text: 'KB1' }])).toBe('[waptwua]\nallowed_kbs=KB1\n');
    expect(formatSection({})).toBe('[waptwua]\n');
  });

  it('is read as the agent reads it', () => {
    const text = `; our agents
[global]
waptserver = https://srvwapt.example
[waptwua]
Enabled: yes
# install_delay=1d
install_delay = 7d
install_delay = 14d
filter=Type='Software'
  or Type='Driver'
allowed_kbs=KB1
not a line
[tail]
offline=false
`;
    expect(readSection(text)).toEqual({
      from: 'section',
      values: { enabled: 'yes', install_delay: '14d', filter: "Type='Software'\nor Type='Driver'" },
      others: [{ key: 'allowed_kbs', text: 'KB1' }],
      badLines: ['not a line'],
    });
  });

  it('is read without its section, from before 2018, and where there is nothing', () => {
    expect(readSection('\uFEFFenabled=true\r\noffline=true\r\n')).toMatchObject({
      from: 'bare',
      values: { enabled: 'true', offline: 'true' },
    });
    expect(readSection('[global]\nrepo_url=x\nwaptwua_enabled=1\nwaptwua_allowed_updates=a')).toEqual({
      from: 'global',
      values: { enabled: '1' },
      others: [{ key: 'allowed_updates', text: 'a' }],
      badLines: [],
    });
    expect(readSection('[global]\nrepo_url=x')).toMatchObject({ from: 'nothing', values: {} });
    expect(readSection('')).toMatchObject({ from: 'nothing' });
    expect(readSection('[waptwua]\n')).toMatchObject({ from: 'nothing' });
  });

  it('reads back whatever was written', () => {
    const value = fc.string({ maxLength: 20 }).map((text) => text.replace(/[\r\n]/g, ' ').trim());
    const record = fc.record(Object.fromEntries(AGENT_OPTIONS.map(({ key }) => [key, value])), { requiredKeys: [] });
    fc.assert(
      fc.property(record, (values) => {
        const set = Object.fromEntries(Object.entries(values).filter(([, text]) => text !== ''));
        expect(readSection(formatSection(values)).values).toEqual(set);
      }),
    );
  });
});

describe("the installer's values", () => {
  it('are those that the installer has a variable for', () => {
    expect(
      installerValues({ enabled: 'true', install_scheduling: '12h', install_delay: '7d', filter: "Type='Software'" }),
    ).toEqual({
      lines: ['set_waptwua_enabled=true', 'set_waptwua_install_delay=7d'],
      left: ['filter', 'install_scheduling'],
    });
  });
});
