import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, it } from 'vitest';
import type { CertificateView } from '../../../contract/schemas/common.ts';
import { Failure, type FakeAnswers, fakeBridge } from '../../testing/fake-bridge.ts';
import { certificate } from '../../testing/fixtures.ts';
import { show } from '../../testing/show.tsx';
import { TrustedSigners } from './TrustedSigners.tsx';

const file = {
  id: 'f1',
  name: 'colleague.crt',
  kind: 'certificate',
  certificate,
  keyId: null,
  isEncrypted: null,
} as const;

function start(answers: FakeAnswers = {}) {
  let trusted: readonly CertificateView[] = [];
  const bridge = fakeBridge({
    'files.list': () => [file],
    'signer.trusted': () => trusted,
    'signer.trust': () => {
      trusted = [certificate];
      return trusted;
    },
    'signer.distrust': () => {
      trusted = [];
      return trusted;
    },
    ...answers,
  });
  show(<TrustedSigners onClose={() => {}} />, bridge);
  return { bridge, person: userEvent.setup() };
}

it('trusts a signer only after its fingerprint was compared, and lets it go again', async () => {
  const { bridge, person } = start();
  await person.click(await screen.findByRole('radio', { name: /colleague.crt/ }));
  const trust = screen.getByRole('button', { name: 'Trust this signer' });
  expect(trust.hasAttribute('disabled')).toBe(true);
  await person.click(screen.getByRole('checkbox'));
  await person.click(trust);
  await waitFor(() =>
    expect(bridge.requests('signer.trust')).toEqual([{ fileId: 'f1', fingerprint: certificate.fingerprint }]),
  );
  await person.click(await screen.findByRole('button', { name: /^Trust no longer/ }));
  await waitFor(() => expect(bridge.requests('signer.distrust')).toEqual([{ fingerprint: certificate.fingerprint }]));
  expect(await screen.findByText('Only your own signer is trusted.')).toBeTruthy();
});

it('says why a certificate is refused', async () => {
  const { person } = start({ 'signer.trust': () => new Failure({ code: 'lab-only', field: 'fileId' }) });
  await person.click(await screen.findByRole('radio', { name: /colleague.crt/ }));
  await person.click(screen.getByRole('checkbox'));
  await person.click(screen.getByRole('button', { name: 'Trust this signer' }));
  expect(await screen.findByRole('alert')).toBeTruthy();
});
