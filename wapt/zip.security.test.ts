import { describe, expect, it } from 'vitest';
import { FormatError } from './errors.ts';
import { readPackage } from './package.ts';
import { parsePackagesIndex } from './packages-index.ts';
import { vector } from './testing.ts';
import { type RawMember, rawZip } from './testing-zip.ts';
import { verifyPackage } from './verify-package.ts';
import { readZip } from './zip.ts';

const MB = 1024 * 1024;
const control: RawMember = { name: 'WAPT/control', data: Buffer.from('package: a\nversion: 1') };
const payload = Buffer.from('payload');

const refusal = async (bytes: Uint8Array): Promise<string> => {
  const result = await verifyPackage(bytes, { trusted: [] });
  if (result.ok) return 'accepted';
  const thrown: unknown = await readPackage(bytes).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (thrown instanceof FormatError) expect(thrown.code).toBe(result.error.code);
  return result.error.code;
};

describe('the raw writer of these tests', () => {
  it('writes what is read when it does not lie', async () => {
    const files = await readZip(
      rawZip([control, { name: 'a/b.txt', data: payload, method: 0 }, { name: 'a/', method: 0 }]),
      {
        entries: 10,
        unpacked: 1000,
        damaged: 'not-a-package',
      },
    );
    expect(Array.from(files)).toEqual([
      ['WAPT/control', control.data],
      ['a/b.txt', payload],
    ]);
    expect(await refusal(rawZip([control]))).toBe('not-signed');
  });
});

describe('a hostile name', () => {
  it.each([
    '../evil',
    'a/../../evil',
    'a/..',
    './a',
    'a/./b',
    'a//b',
    '/etc/passwd',
    'C:/windows/evil',
    'C:evil',
    '..\\evil',
    'a\\b',
    '\\\\server\\share',
    'a\0.txt',
    'a\nb',
    'file:stream',
    '',
    '../',
    '/',
    'x'.repeat(1001),
  ])('%j is refused', async (name) => {
    expect(await refusal(rawZip([control, { name, data: payload }]))).toBe('hostile-zip');
  });

  it('may hide in the local header', async () => {
    expect(await refusal(rawZip([control, { name: 'good', localName: '../x', data: payload }]))).toBe('hostile-zip');
  });

  it('may be there twice, for Windows too', async () => {
    expect(await refusal(rawZip([control, control]))).toBe('hostile-zip');
    expect(await refusal(rawZip([control, { name: 'wapt/CONTROL', data: payload }]))).toBe('hostile-zip');
    expect(
      await refusal(
        rawZip([control, { name: 'a', data: payload }, { name: 'A/', method: 0 }, { name: 'A', data: payload }]),
      ),
    ).toBe('hostile-zip');
  });
});

describe('a hostile member', () => {
  it.each([
    ['encrypted', { flags: 0x0801 }],
    ['strongly encrypted', { flags: 0x0841 }],
    ['encrypted in the directory', { flags: 0x2800 }],
    ['a symbolic link', { unixMode: 0o120777 }],
    ['a device', { unixMode: 0o020666 }],
    ['stored with two sizes', { method: 0, declaredSize: 5000 }],
  ] as const)('%s is refused', async (_what, lie) => {
    expect(await refusal(rawZip([control, { name: 'x', data: payload, ...lie }]))).toBe('hostile-zip');
  });

  it('a folder with content is refused', async () => {
    expect(await refusal(rawZip([control, { name: 'x/', data: payload }]))).toBe('hostile-zip');
  });
});

describe('a bomb', () => {
  const zeros = Buffer.alloc(64 * MB);

  it('that declares its size is refused unopened', async () => {
    const started = performance.now();
    expect(await refusal(rawZip([control, { name: 'bomb', data: zeros }]))).toBe('hostile-zip');
    const many = Array.from(
      { length: 9 },
      (_, at): RawMember => ({ name: `bomb${at}`, data: payload, declaredSize: 60 * MB }),
    );
    expect(await refusal(rawZip([control, ...many]))).toBe('hostile-zip');
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it('that hides its size is stopped at what it declares', async () => {
    const bomb = rawZip([control, { name: 'bomb', data: zeros, declaredSize: 10, crc: 0 }]);
    expect(bomb.length).toBeLessThan(MB);
    const before = process.memoryUsage().arrayBuffers;
    expect(await refusal(bomb)).toBe('hostile-zip');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32 * MB);
  });

  it('that hides behind an empty file is refused', async () => {
    expect(await refusal(rawZip([control, { name: 'x', data: payload, declaredSize: 0, crc: 0 }]))).toBe('hostile-zip');
  });

  it('of members that share their bytes is refused', async () => {
    const kernel = Buffer.alloc(4 * MB);
    const shared = Array.from(
      { length: 50 },
      (_, at): RawMember => ({ name: 'k0', offsetOf: 1, data: kernel, localName: `k${at}` }),
    );
    expect(
      await refusal(
        rawZip([control, { name: 'k0', data: kernel }, ...shared.map((m, at) => ({ ...m, name: `k${at + 1}` }))]),
      ),
    ).toBe('hostile-zip');
  });

  it('of overlapping members with one name each is refused', async () => {
    // The second member starts inside the bytes of the first, which are a whole stored member themselves.
    const inner = rawZip([{ name: 'inner', data: payload, method: 0 }]).subarray(0, 30 + 5 + payload.length);
    const outer = rawZip([
      control,
      { name: 'outer', data: inner, method: 0 },
      { name: 'inner', data: payload, method: 0 },
    ]);
    const innerAt = outer.indexOf(inner);
    const record = outer.lastIndexOf('inner') - 46;
    outer.writeUInt32LE(innerAt, record + 42);
    expect(await refusal(outer)).toBe('hostile-zip');
  });

  it('of 100,000 members is refused by its count', async () => {
    const bytes = rawZip(Array.from({ length: 100_000 }, (_, at): RawMember => ({ name: `f${at}`, method: 0 })));
    const started = performance.now();
    expect(await refusal(bytes)).toBe('hostile-zip');
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it('that counts fewer members than it has is refused', async () => {
    const members = [control, ...Array.from({ length: 5 }, (_, at): RawMember => ({ name: `f${at}`, data: payload }))];
    expect(await refusal(rawZip(members, { entryCount: 2 }))).toBe('hostile-zip');
  });
});

describe('what is damaged', () => {
  const wapt = vector('tis-vectors-wua_3_PROD.wapt');

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['text', Buffer.from('<html>not here</html>')],
    ['a cut file', wapt.subarray(0, wapt.length - 100)],
    ['the start alone', wapt.subarray(0, 500)],
    ['bytes behind the end', Buffer.concat([wapt, payload])],
    ['a ZIP without control', rawZip([{ name: 'a', data: payload }])],
    ['another method', rawZip([control, { name: 'a', data: payload, method: 14 }])],
    ['a wrong checksum', rawZip([control, { name: 'a', data: payload, crc: 1 }])],
    ['a short member', rawZip([control, { name: 'a', data: payload, declaredSize: 500 }])],
    ['a packed size beyond the file', rawZip([control, { name: 'a', data: payload, declaredPacked: 100_000 }])],
  ])('%s is no package and no index', async (_what, bytes) => {
    expect(await refusal(bytes)).toBe('not-a-package');
    await expect(parsePackagesIndex(bytes)).rejects.toMatchObject({ code: 'bad-index' });
  });

  it('never throws anything but a FormatError, whichever byte is changed', async () => {
    const codes = new Set<string>();
    for (let at = 0; at < wapt.length; at += 3) {
      const changed = Buffer.from(wapt);
      changed[at] = (changed[at] ?? 0) ^ 0xff;
      const error: unknown = await readPackage(changed).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      if (error !== undefined) {
        expect(error).toBeInstanceOf(FormatError);
        if (error instanceof FormatError) codes.add(error.code);
      }
    }
    expect([...codes].sort()).toEqual(['hostile-zip', 'not-a-package']);
  });
});
