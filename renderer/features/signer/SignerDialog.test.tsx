import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, it } from 'vitest';
import type { FileView, SignerState } from '../../../contract/schemas/signer.ts';
import { Failure, fakeBridge } from '../../testing/fake-bridge.ts';
import { certificate } from '../../testing/fixtures.ts';
import { show } from '../../testing/show.tsx';
import { useEnsureSigner } from './ensure.ts';
import { SignerDialog } from './SignerDialog.tsx';

const file: FileView = {
  id: 'c1',
  name: 'admin.crt',
  kind: 'certificate',
  certificate,
  keyId: 'k1',
  isEncrypted: null,
};

function Asker({ onAnswer }: { readonly onAnswer: (isOpen: boolean) => void }) {
  const ensureSigner = useEnsureSigner();
  return (
    <button type="button" onClick={() => void ensureSigner('To scan two hosts.').then(onAnswer)}>
      Ask
    </button>
  );
}

function start(isOpenAlready = false) {
  const answers: boolean[] = [];
  const bridge = fakeBridge({
    'signer.state': (): SignerState =>
      isOpenAlready
        ? { kind: 'open', certificate, certificateId: 'c1', until: '2036-01-01T00:00:00Z', chain: [] }
        : { kind: 'none' },
    'files.list': () => [file],
    'signer.open': ({ passphrase }) =>
      passphrase === 'right'
        ? { kind: 'open', certificate, certificateId: 'c1', until: '2036-01-01T00:00:00Z', chain: [] }
        : new Failure({ code: 'wrong-passphrase' }),
  });
  show(
    <>
      <Asker onAnswer={(isOpen) => answers.push(isOpen)} />
      <SignerDialog />
    </>,
    bridge,
  );
  return { answers, bridge, person: userEvent.setup() };
}

it('asks for a passphrase, keeps asking after a wrong one, and says yes once the key is open', async () => {
  const { answers, bridge, person } = start();
  await person.click(screen.getByRole('button', { name: 'Ask' }));
  expect(await screen.findByText('To scan two hosts.')).toBeTruthy();
  const field = screen.getByLabelText('Passphrase of the key');
  await person.type(field, 'wrong{Enter}');
  await waitFor(() => expect(field.getAttribute('aria-invalid')).toBe('true'));
  expect((field as HTMLInputElement).value).toBe('');
  expect(answers).toEqual([]);
  await person.type(field, 'right{Enter}');
  await waitFor(() => expect(answers).toEqual([true]));
  expect(bridge.requests('signer.open').at(-1)).toEqual({ certificateId: 'c1', keyId: null, passphrase: 'right' });
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

it('says no when one leaves', async () => {
  const { answers, person } = start();
  await person.click(screen.getByRole('button', { name: 'Ask' }));
  await person.click(await screen.findByRole('button', { name: 'Cancel' }));
  await waitFor(() => expect(answers).toEqual([false]));
});

it('does not ask where a key is open', async () => {
  const { answers, person } = start(true);
  await person.click(screen.getByRole('button', { name: 'Ask' }));
  await waitFor(() => expect(answers).toEqual([true]));
  expect(screen.queryByRole('dialog')).toBeNull();
});
