import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { ConsoleError } from '../../../contract/errors.ts';
import type { Profile, ServerContact } from '../../../contract/schemas/session.ts';
import { Failure, type FakeAnswers, fakeBridge } from '../../testing/fake-bridge.ts';
import { certificate, openSession, profile } from '../../testing/fixtures.ts';
import { show } from '../../testing/show.tsx';
import { SignInScreen } from './SignInScreen.tsx';

const open = openSession();
const contact = (verdict: ServerContact['verdict'], expected: string | null = null): ServerContact => ({
  host: 'srvwapt.example',
  port: 443,
  chain: [certificate],
  verdict,
  expected,
});

function start(answers: FakeAnswers) {
  const bridge = fakeBridge({ 'profiles.list': () => [profile], ...answers });
  show(<SignInScreen />, bridge);
  return { bridge, person: userEvent.setup() };
}

const failing = (error: ConsoleError): Failure => new Failure(error);
const passwordField = (): Promise<HTMLElement> => screen.findByLabelText(/^Password/);

describe('signing in', () => {
  it('sends user and password once, and no more', async () => {
    const { bridge, person } = start({ 'session.signIn': () => open });
    await person.type(await passwordField(), 'secret{Enter}');
    await waitFor(() =>
      expect(bridge.requests('session.signIn')).toEqual([
        { profileId: 'p1', user: 'admin', password: 'secret', keepPassword: false },
      ]),
    );
    expect(bridge.requests('profiles.save')).toEqual([]);
  });

  it('puts a refused password at its field', async () => {
    const { person } = start({ 'session.signIn': () => failing({ code: 'password-refused' }) });
    const field = await passwordField();
    await person.type(field, 'wrong{Enter}');
    await waitFor(() => expect(field.getAttribute('aria-invalid')).toBe('true'));
    expect(screen.getByText(/The server refuses this user or password/)).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('explains a server that is down, and offers what was read before', async () => {
    const { bridge, person } = start({
      'session.signIn': () => failing({ code: 'refused', facts: { host: 'srvwapt.example', port: 443 } }),
      'session.openOffline': () => ({ kind: 'offline', profile, code: 'refused' }),
    });
    await person.type(await passwordField(), 'secret{Enter}');
    expect(await screen.findByText('The server refuses the connection')).toBeTruthy();
    expect(screen.getByText(/nothing listens on port 443/)).toBeTruthy();
    await person.click(screen.getByRole('button', { name: 'Open what was read before' }));
    await waitFor(() => expect(bridge.requests('session.openOffline')).toEqual([{ profileId: 'p1' }]));
  });

  it('puts a wrong address of a new server at its field, and saves it only once when it is right', async () => {
    let saves = 0;
    const { bridge, person } = start({
      'profiles.list': () => [],
      'profiles.save': () => {
        saves++;
        return saves === 1 ? failing({ code: 'address-invalid', field: 'address' }) : profile;
      },
      'session.signIn': () => failing({ code: 'password-refused' }),
    });
    const address = await screen.findByLabelText(/Server address/);
    await person.type(address, 'http://x');
    await person.type(screen.getByLabelText(/^User/), 'admin');
    await person.type(await passwordField(), 'secret{Enter}');
    await waitFor(() => expect(address.getAttribute('aria-invalid')).toBe('true'));
    await person.clear(address);
    await person.type(address, 'srvwapt.example{Enter}');
    await waitFor(() => expect(bridge.requests('session.signIn')).toHaveLength(1));
    expect(bridge.requests('profiles.save').at(-1)).toMatchObject({
      id: null,
      address: 'srvwapt.example',
      name: 'srvwapt.example',
    });
  });
});

describe('an unknown certificate', () => {
  it('is shown before the password is sent, and pinned only after one compared it', async () => {
    const fresh: Profile = { ...profile, trust: null };
    const { bridge, person } = start({
      'profiles.list': () => [fresh],
      'session.inspect': () => contact('tls-untrusted'),
      'session.trust': () => profile,
      'session.signIn': () => open,
    });
    await person.type(await passwordField(), 'secret{Enter}');
    const dialog = await screen.findByRole('dialog', { name: 'Is this your server?' });
    expect(bridge.requests('session.signIn')).toEqual([]);
    expect(within(dialog).getByText('AB12 '.repeat(16).trim())).toBeTruthy();
    const pin = within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Pin this certificate' });
    expect(pin.disabled).toBe(true);
    await person.click(within(dialog).getByRole('checkbox'));
    await person.click(pin);
    await waitFor(() =>
      expect(bridge.requests('session.trust')).toEqual([
        { profileId: 'p1', trust: { kind: 'pin', fingerprint: certificate.fingerprint } },
      ]),
    );
    await waitFor(() => expect(bridge.requests('session.signIn')).toMatchObject([{ password: 'secret' }]));
  });

  it('is accepted without a question where this machine trusts it', async () => {
    const fresh: Profile = { ...profile, trust: null };
    const { bridge, person } = start({
      'profiles.list': () => [fresh],
      'session.inspect': () => contact('trusted'),
      'session.trust': () => profile,
      'session.signIn': () => open,
    });
    await person.type(await passwordField(), 'secret{Enter}');
    await waitFor(() => expect(bridge.requests('session.signIn')).toHaveLength(1));
    expect(bridge.requests('session.trust')).toEqual([{ profileId: 'p1', trust: { kind: 'system' } }]);
  });

  it('shows a changed one as changed, old and new', async () => {
    const { person } = start({
      'session.signIn': () => failing({ code: 'tls-changed' }),
      'session.inspect': () => contact('tls-changed', 'cd34'.repeat(16)),
    });
    await person.type(await passwordField(), 'secret{Enter}');
    const dialog = await screen.findByRole('dialog', { name: 'The certificate has changed' });
    expect(within(dialog).getByText('CD34 '.repeat(16).trim())).toBeTruthy();
    expect(within(dialog).getByText('AB12 '.repeat(16).trim())).toBeTruthy();
  });

  it('offers no way around one that has run out', async () => {
    const { bridge, person } = start({
      'session.signIn': () => failing({ code: 'tls-expired' }),
      'session.inspect': () => contact('tls-expired'),
    });
    await person.type(await passwordField(), 'secret{Enter}');
    const dialog = await screen.findByRole('dialog', { name: 'The certificate has expired' });
    expect(within(dialog).queryByRole('button', { name: /Pin|Trust/ })).toBeNull();
    expect(bridge.requests('session.trust')).toEqual([]);
  });
});
