import { describe, expect, it } from 'vitest';
import { parseControl } from './control.ts';
import { packageFilename } from './filename.ts';
import { vectorText } from './testing.ts';

describe('packageFilename', () => {
  it('gives the names of the vectors, with and without MD5', () => {
    const values = JSON.parse(vectorText('values.json')) as {
      packages: readonly { file: string; md5: string; server_filename: string }[];
    };
    const controls = ['A4-control-signed.txt', 'B4-control-signed.txt'].map((name) => parseControl(vectorText(name)));
    expect(controls.map((control) => packageFilename(control))).toEqual(values.packages.map(({ file }) => file));
    expect(controls.map((control, at) => packageFilename(control, values.packages[at]?.md5))).toEqual(
      values.packages.map(({ server_filename }) => server_filename),
    );
  });

  it.each([
    [{ package: 'g', version: '0', architecture: 'all' }, 'g_0.wapt'],
    [{ package: '4C4C4544-004E', version: '3', section: 'host' }, '4C4C4544-004E.wapt'],
    [{ package: 'tis-waptupgrade', version: '1', architecture: 'all' }, 'tis-waptupgrade_1_all.wapt'],
    [{ package: 'é', version: '1' }, '66ddcd97cfdeabb2f6fb8a999b4bc76f_1.wapt'],
    [{ package: 'x', version: '1', locale: 'all' }, 'x_1.wapt'],
  ])('%j is %s', (control, name) => {
    expect(packageFilename(control)).toBe(name);
  });

  it.each([
    [{ version: '1' }],
    [{ package: 'x', version: '../1' }],
    [{ package: 'x', version: '1', maturity: 'a\\b' }],
  ])('refuses %j', (control) => {
    expect(() => packageFilename(control)).toThrow(expect.objectContaining({ code: 'bad-control' }));
  });
});
