import { describe, expect, it } from 'vitest';
import { DISK_CODES, FAILURE_CODES, factsOfCode, findCode, otherSpellings, readCode } from './failure-codes.ts';

describe('the spellings of a code', () => {
  it.each([
    ['0x80240022', '0x80240022'],
    ['0X8024402C', '0x8024402c'],
    ['80070070', '0x80070070'],
    ['0x80070005L', '0x80070005'],
    ['-2145124318', '0x80240022'],
    ['2149842978', '0x80240022'],
    ['-2147024784', '0x80070070'],
    ['2147954402', '0x80072ee2'],
    [' -2146498270 ', '0x800f0922'],
    ['0xC1900208', '0xc1900208'],
    ['-1', '0xffffffff'],
    ['-2147483648', '0x80000000'],
  ])('%s is %s', (spelt, code) => expect(readCode(spelt)).toBe(code));

  it.each([
    '',
    'Succeeded',
    'Failed',
    '0',
    '2',
    '4',
    '0x00240006',
    '0x8024',
    '0x802400221',
    '-2147483649',
    '4294967296',
    '1234567890',
    'KB5043064',
    '0x8024g022',
  ])('%j is none', (spelt) => expect(readCode(spelt)).toBeNull());

  it.each([
    ['Installation failed: 0x80070070', '0x80070070'],
    ["(-2145124318, 'OLE error', None, None)", '0x80240022'],
    ['2 updates failed, 2147954402.', '0x80072ee2'],
    ['HRESULT 80240017 while searching', '0x80240017'],
    ['Update 5043064 of 2024-09-10: code 0x00000000, then 0x8024001e', '0x8024001e'],
  ])('is found in %j', (sentence, code) => expect(findCode(sentence)).toBe(code));

  it.each([
    'Failed to connect to 10.20.30.40',
    'KB5043064',
    'took 1234567890 ms',
    'guid 80240022-aaaa-bbbb',
    '0x8024002',
    '',
  ])('is not found in %j', (sentence) => expect(findCode(sentence)).toBeNull());

  it('goes back to both decimal ones', () => {
    expect(otherSpellings('0x80240022')).toEqual(['-2145124318', '2149842978']);
    expect(otherSpellings('Failed')).toEqual([]);
    for (const code of Object.keys(FAILURE_CODES))
      for (const spelt of otherSpellings(code)) expect(readCode(spelt)).toBe(code);
  });
});

describe('the table', () => {
  it('has each code in the one spelling, and a name only once', () => {
    const codes = Object.keys(FAILURE_CODES);
    expect(codes.filter((code) => readCode(code) !== code)).toEqual([]);
    const names = Object.values(FAILURE_CODES).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('says nothing of what it does not know', () => {
    expect(factsOfCode('0x8024f123')).toBeNull();
    expect(factsOfCode('toString')).toBeNull();
    expect(factsOfCode('0x80070070')).toEqual({ name: 'ERROR_DISK_FULL', next: 'free-space' });
  });

  it('knows which say that a disk is full', () => {
    expect(DISK_CODES.has('0x80070070')).toBe(true);
    expect(DISK_CODES.has('0x80070005')).toBe(false);
  });
});
