import { type RenderResult, render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { MemoryRouter } from 'react-router';
import { Providers } from '../app/Providers.tsx';
import { makeQueryClient } from '../app/queries.ts';
import { addWords, startI18n, type Words } from '../i18n/i18n.ts';
import type { FakeBridge } from './fake-bridge.ts';

/** Draws a part of the window with everything above it that it needs; `again` draws another in its place. */
export function show(
  part: ReactNode,
  bridge: FakeBridge,
  options: { readonly words?: Readonly<Record<string, Words>> } = {},
): RenderResult & { readonly again: (part: ReactNode) => void } {
  const i18n = startI18n();
  for (const [namespace, words] of Object.entries(options.words ?? {})) addWords(i18n, namespace, words);
  const client = makeQueryClient();
  const around = (inner: ReactNode): ReactNode => (
    <Providers bridge={bridge} client={client} i18n={i18n}>
      <MemoryRouter>{inner}</MemoryRouter>
    </Providers>
  );
  const result = render(around(part));
  return { ...result, again: (inner) => result.rerender(around(inner)) };
}
