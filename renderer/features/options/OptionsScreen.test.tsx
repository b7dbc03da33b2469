import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { ReportedOptionsAnswer } from '../../../contract/schemas/options.ts';
import type { Profile } from '../../../contract/schemas/session.ts';
import { type FakeBridge, fakeBridge } from '../../testing/fake-bridge.ts';
import { show } from '../../testing/show.tsx';
import { OptionsScreen } from './OptionsScreen.tsx';
import { en } from './words/en.ts';
import { fr } from './words/fr.ts';

const host = (name: string, options: ReportedOptionsAnswer['hosts'][number]['options']) => ({
  uuid: name,
  fqdn: `${name}.example`,
  groups: [],
  options,
});

const profile: Profile = {
  id: 'p1',
  name: 'Server',
  address: 'https://srvwapt.example',
  user: 'admin',
  proxy: '',
  dialect: 'auto',
  clientCertificate: null,
  staleDays: 14,
  trust: null,
  isLab: false,
  hasPassword: false,
  lastSignIn: null,
};

function start(
  kept: string | null = null,
  given: { readonly hosts?: ReportedOptionsAnswer['hosts'] } = {},
): {
  readonly bridge: FakeBridge;
  readonly person: ReturnType<typeof userEvent.setup>;
  readonly unmount: () => void;
} {
  const bridge = fakeBridge(
    {
      'session.state': () => ({ kind: 'offline', profile, code: null }),
      'packages.list': () => ({ packages: [], readAt: null, isOffline: false }),
      'options.reported': () => ({
        hosts: given.hosts ?? [],
        freshness: { syncedAt: null, isOffline: false },
      }),
    },
    kept === null ? {} : { filters: { 'agent-options:p1': kept } },
  );
  const { unmount } = show(<OptionsScreen />, bridge, { words: { options: { en, fr } } });
  return { bridge, person: userEvent.setup(), unmount };
}

const field = (name: string): Promise<HTMLElement> => screen.findByRole('region', { name });
const ini = (): string => screen.getByLabelText('Copy the ini text', { selector: 'pre' }).textContent ?? '';

describe('the options of the agent', () => {
  it('are shown live as the text of the section', async () => {
    const { person } = start();
    const enabled = await field('WAPT manages Windows updates');
    expect(ini()).toBe('[waptwua]\n');
    await person.click(within(enabled).getByRole('button', { name: 'Yes' }));
    await person.type(within(await field('Wait after publication')).getByRole('combobox'), '7d');
    await person.click(within(await field('Allow by severity')).getByRole('checkbox', { name: 'Important' }));
    await person.click(within(await field('Allow by severity')).getByRole('checkbox', { name: 'Critical' }));
    expect(ini()).toBe('[waptwua]\nenabled=true\ninstall_delay=7d\nallowed_severities=Critical,Important\n');
    await person.click(within(enabled).getByRole('button', { name: 'Not set' }));
    expect(ini()).toBe('[waptwua]\ninstall_delay=7d\nallowed_severities=Critical,Important\n');
  });

  it('say at the field what is wrong', async () => {
    const { person } = start();
    const delay = await field('Wait after publication');
    const input = within(delay).getByRole('combobox');
    await person.type(input, '7 days');
    expect(within(delay).getByRole('alert').textContent).toMatch(/“7 days” is no duration/);
    expect(input.getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByText('1 wrong value')).toBeTruthy();
    await person.clear(input);
    await person.type(input, '7');
    expect(within(delay).queryByRole('alert')).toBeNull();
    expect(within(delay).getByText(/A number alone counts days/)).toBeTruthy();
  });

  it('explain a dangerous combination where it is set', async () => {
    const { person } = start();
    await person.click(within(await field('WAPT manages Windows updates')).getByRole('button', { name: 'Yes' }));
    const byDefault = await field('Allow what no rule mentions');
    expect(within(byDefault).getByText(/Installs nothing yet/)).toBeTruthy();
    await person.click(within(byDefault).getByRole('button', { name: 'Yes' }));
    expect(within(byDefault).queryByText(/Installs nothing yet/)).toBeNull();
    const every = await field('Install every');
    await person.type(within(every).getByRole('combobox'), '12h');
    expect(within(every).getByText(/Everything installs by itself/)).toBeTruthy();
    expect(within(every).getByText(/May install while people work/)).toBeTruthy();
    await person.click(within(byDefault).getByRole('button', { name: 'No' }));
    expect(within(every).queryByText(/Everything installs by itself/)).toBeNull();
  });

  it('are read from a pasted text, wrong values and unknown lines included, and can be undone', async () => {
    const { person } = start();
    await field('WAPT manages Windows updates');
    await person.click(screen.getByRole('button', { name: 'Read an ini text…' }));
    const dialog = await screen.findByRole('dialog', { name: 'Read an ini text' });
    const text = within(dialog).getByRole('textbox', { name: 'Text of wapt-get.ini' });
    expect(within(dialog).getByRole('button', { name: 'Take these options' })).toHaveProperty('disabled', true);
    await person.click(text);
    await person.paste('[waptwua]\nenabled=maybe\noffline=1\nallowed_kbs=KB1\n');
    expect(within(dialog).getByText('2 options found: enabled, offline')).toBeTruthy();
    expect(within(dialog).getByText(/Wrong values, shown at their fields: enabled/)).toBeTruthy();
    await person.click(within(dialog).getByRole('button', { name: 'Take these options' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(ini()).toBe('[waptwua]\nenabled=maybe\noffline=1\nallowed_kbs=KB1\n');
    const enabled = await field('WAPT manages Windows updates');
    expect(within(enabled).getByRole('alert').textContent).toMatch(/“maybe” is neither yes nor no/);
    await person.click(screen.getByRole('button', { name: /^Undo/ }));
    expect(ini()).toBe('[waptwua]\n');
  });

  it('are kept for the server, across restarts', async () => {
    const { bridge, person } = start('{"values":{"install_delay":"14d"},"others":[]}');
    await field('WAPT manages Windows updates');
    expect(ini()).toBe('[waptwua]\ninstall_delay=14d\n');
    await person.click(screen.getByRole('button', { name: 'Clear all' }));
    await waitFor(() =>
      expect(bridge.requests('settings.set')).toEqual([
        { filters: { 'agent-options:p1': '{"values":{},"others":[]}' } },
      ]),
    );
  });

  it('are kept though one leaves at once', async () => {
    const { bridge, person, unmount } = start();
    await person.click(within(await field('Scan against the index')).getByRole('button', { name: 'Yes' }));
    unmount();
    await waitFor(() =>
      expect(bridge.requests('settings.set')).toEqual([
        { filters: { 'agent-options:p1': '{"values":{"offline":"true"},"others":[]}' } },
      ]),
    );
  });

  it('are kept though the window goes away at once', async () => {
    const { bridge, person } = start();
    await person.click(within(await field('Scan against the index')).getByRole('button', { name: 'Yes' }));
    window.dispatchEvent(new Event('pagehide'));
    expect(bridge.requests('settings.set')).toEqual([
      { filters: { 'agent-options:p1': '{"values":{"offline":"true"},"others":[]}' } },
    ]);
  });

  it('become values of the installer, which names what it cannot write', async () => {
    const { person } = start('{"values":{"enabled":"true","install_scheduling":"12h"},"others":[]}');
    await field('WAPT manages Windows updates');
    await person.click(screen.getByRole('tab', { name: 'Installer' }));
    expect(screen.getByText('set_waptwua_enabled=true')).toBeTruthy();
    expect(screen.getByText(/no variable for these.*install_scheduling/)).toBeTruthy();
  });

  it('are compared with what hosts report, with the hosts behind each number', async () => {
    const { person } = start('{"values":{"enabled":"true","install_delay":"7d"},"others":[]}', {
      hosts: [
        host('a', { enabled: 'true', install_delay: '168h' }),
        host('b', { enabled: 'false', install_delay: '3d' }),
        host('c', {}),
      ],
    });
    await field('WAPT manages Windows updates');
    await person.click(screen.getByRole('tab', { name: 'What hosts report' }));
    const panel = screen.getByRole('tabpanel');
    const delay = await within(panel).findByRole('group', { name: 'Wait after publication' });
    expect(
      within(delay)
        .getAllByRole('button')
        .map((button) => button.textContent),
    ).toEqual(['1 agrees', '1 says 3d', '1 does not say']);
    await person.click(within(delay).getByRole('button', { name: '1 says 3d' }));
    expect(within(delay).getByRole('button', { name: 'Open b.example' })).toBeTruthy();
    expect(within(panel).getByText(/default_allow/).textContent).toMatch(/offline/);
  });
});
