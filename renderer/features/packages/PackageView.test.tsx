import { screen, waitFor } from '@testing-library/react';
import { useEffect } from 'react';
import { Route, Routes, useNavigate } from 'react-router';
import { describe, expect, it } from 'vitest';
import type { PackageContent } from '../../../contract/schemas/packages.ts';
import { emptyRules } from '../../../domain/rules.ts';
import { Failure, fakeBridge } from '../../testing/fake-bridge.ts';
import { show } from '../../testing/show.tsx';
import { feature } from './feature.ts';
import { PackageView } from './PackageView.tsx';
import { packageContent, rulePackage } from './testing.ts';

const row = rulePackage('acme-wsus', '3', { verification: { kind: 'intact' } });

function At({ path }: { readonly path: string }) {
  const navigate = useNavigate();
  useEffect(() => void navigate(path), [navigate, path]);
  return (
    <Routes>
      <Route path="/" element={null} />
      <Route path="/packages/view/:filename" element={<PackageView />} />
    </Routes>
  );
}

function showPackage(content: PackageContent | Failure) {
  const bridge = fakeBridge({
    'packages.list': () => ({ packages: [row], readAt: null, isOffline: false }),
    'packages.read': () => content,
    'drafts.list': () => [],
  });
  show(<At path={`/packages/view/${encodeURIComponent(row.filename)}`} />, bridge, {
    words: { packages: feature.words },
  });
}

describe('one package, to read', () => {
  it('says in words why it is refused, and does not call it intact any more', async () => {
    showPackage(new Failure({ code: 'package-refused', facts: { reason: 'manifest-signature' } }));
    expect((await screen.findAllByText(/list of its files was changed after it was signed/)).length).toBeGreaterThan(0);
    expect(screen.getByText('Refused')).toBeVisible();
    expect(screen.queryByText('Intact, signer unknown')).toBeNull();
    expect(screen.queryByRole('button', { name: 'Edit' })).toBeNull();
  });

  it('explains what the lists of 2015 meant, and offers a copy instead of an edit', async () => {
    showPackage(
      packageContent(row, emptyRules, {
        isLegacy: true,
        legacy: { allowedUpdates: [], forbiddenUpdates: null, allowedSeverities: null, allowedClassifications: [] },
      }),
    );
    expect(await screen.findByText(/format of 2015 to 2018/)).toBeVisible();
    expect(screen.getAllByText('absent: restricts nothing')).toHaveLength(2);
    expect(screen.getAllByText('empty: allows nothing by itself')).toHaveLength(2);
    expect(screen.queryByRole('button', { name: 'Edit' })).toBeNull();
    expect(screen.getByRole('button', { name: 'Duplicate' })).toBeVisible();
  });

  it('names entries it cannot read and keys it keeps', async () => {
    showPackage(
      packageContent(row, emptyRules, {
        problems: [{ key: 'allowed_kbs', problem: 'not a list' }],
        unknownKeys: ['default_allow'],
      }),
    );
    expect(await screen.findByText('allowed_kbs: not a list')).toBeVisible();
    expect(screen.getByText('default_allow')).toBeVisible();
    await waitFor(() => expect(screen.getByText('Read only')).toBeVisible());
  });
});
