import { describe, expect, it } from 'vitest';
import { buildPackagesIndex, comparePackages, parsePackagesIndex } from './packages-index.ts';
import { VECTOR_TIME, vector, vectorText } from './testing.ts';
import { rawZip } from './testing-zip.ts';
import { verifyControl } from './verify-package.ts';
import { readZip } from './zip.ts';

const indexOf = (text: string | Buffer, ...others: readonly { name: string; data: Buffer }[]): Buffer =>
  rawZip([{ name: 'Packages', data: Buffer.from(text) }, ...others]);

describe('parsePackagesIndex', () => {
  it('reads vector E2: records, certificates, and signatures that hold', async () => {
    const { records, certificates, unreadable } = await parsePackagesIndex(vector('E2-Packages'));
    expect(records.map(({ package: name, size }) => [name, size])).toEqual([
      ['tis-vectors-wua', 3382],
      ['tis-vectors-group', 2792],
    ]);
    expect(unreadable).toEqual([]);
    for (const record of records) {
      const certificatePem = certificates.get(String(record.signer_fingerprint));
      expect(certificatePem).toBe(vectorText('cert.crt'));
      expect(verifyControl(record, { certificatePem, trusted: [vectorText('cert.crt')], now: VECTOR_TIME }).ok).toBe(
        true,
      );
    }
  });

  it('writes vector E1 from what it read', async () => {
    const { records, certificates } = await parsePackagesIndex(vector('E2-Packages'));
    const bytes = await buildPackagesIndex({ records, certificates: [...certificates.values()] });
    const limits = { entries: 10, unpacked: 100_000, damaged: 'bad-index' } as const;
    const [own, original] = [await readZip(bytes, limits), await readZip(vector('E2-Packages'), limits)];
    expect(Array.from(own)).toEqual(Array.from(original));
    expect(own.get('Packages')?.toString()).toBe(vectorText('E1-Packages.txt'));
  });

  it('reads an empty index', async () => {
    const index = await parsePackagesIndex(await buildPackagesIndex({ records: [], certificates: [] }));
    expect(index.records).toEqual([]);
  });

  it('names certificates that it cannot read and keeps revocation lists', async () => {
    const index = await parsePackagesIndex(
      indexOf(
        'package: a',
        { name: 'ssl/x.crt', data: Buffer.from('garbage') },
        { name: 'crl/AB12.crl', data: Buffer.from('crl') },
      ),
    );
    expect(index.unreadable).toEqual(['ssl/x.crt']);
    expect(index.revocations.get('ab12')?.toString()).toBe('crl');
  });

  it('refuses a text that is no index, with the line', async () => {
    await expect(parsePackagesIndex(indexOf('package: a\n\npackage: b\nnonsense'))).rejects.toMatchObject({
      code: 'bad-index',
      line: 4,
    });
    await expect(parsePackagesIndex(indexOf(Buffer.from([0x70, 0xff])))).rejects.toMatchObject({ code: 'bad-index' });
    await expect(parsePackagesIndex(rawZip([{ name: 'other' }]))).rejects.toMatchObject({ code: 'bad-index' });
  });

  it('reads 5,000 records in reasonable time', async () => {
    const record = vectorText('A4-control-signed.txt');
    const bytes = indexOf(Array.from({ length: 5_000 }, () => record).join('\n\n'), {
      name: 'padding',
      data: Buffer.from(Array.from({ length: 300_000 }, (_, at) => (at * 2_654_435_761) % 251)),
    });
    const started = performance.now();
    const { records } = await parsePackagesIndex(bytes);
    expect(records).toHaveLength(5_000);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

describe('comparePackages', () => {
  it('orders by version, then maturity, then date, and puts what cannot be read first', () => {
    const records = [
      { version: '1.2-10', maturity: 'DEV' },
      { version: '1.2-10', maturity: '' },
      { version: '1.2-9' },
      { version: 'odd' },
      { version: '1.2-10', maturity: 'PROD', signature_date: '2026' },
    ];
    expect(records.toSorted(comparePackages)).toEqual([records[3], records[2], records[0], records[1], records[4]]);
  });
});
