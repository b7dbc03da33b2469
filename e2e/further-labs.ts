import { X509Certificate } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Lab } from '../lab/lab.ts';

/** The SHA-256 of a certificate as the console writes it: lower-case hex. */
export const fingerprintOf = (pem: string): string =>
  new X509Certificate(pem).fingerprint256.replaceAll(':', '').toLowerCase();

/** Writes profiles of further labs, `lab-2` and so on, where a console will find them, as its launcher leaves that of the first. */
export async function keepFurtherLabs(data: string, labs: readonly Lab[]): Promise<void> {
  if (labs.length === 0) return;
  const profiles = labs.map((lab, i) => ({
    id: `lab-${i + 2}`,
    name: `Lab ${i + 2}`,
    address: lab.url,
    user: 'admin',
    isLab: true,
    trust: { kind: 'ca', name: 'ca.crt', fingerprint: fingerprintOf(lab.caPem) },
  }));
  await Promise.all(
    labs.map(async (lab, i) => {
      const folder = join(data, 'profiles', `lab-${i + 2}`);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeFile(join(folder, 'ca.pem'), lab.caPem, { mode: 0o600 });
    }),
  );
  await writeFile(join(data, 'profiles.json'), JSON.stringify({ profiles }), { mode: 0o600 });
}
