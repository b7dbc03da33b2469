import { describe, expect, it } from 'vitest';
import { changedFields } from './control-fields.ts';

describe('the fields of two versions', () => {
  it('differ where a person changed them, not where each version does', () => {
    const before = { package: 'a', version: '1', signer: 'x', signature: 's', md5sum: '1', maturity: '', depends: 'b' };
    const after = { ...before, version: '2', signer: 'y', signature: 't', md5sum: '2', maturity: 'PROD', size: 3 };
    expect(changedFields(before, after)).toEqual([]);
    expect(
      changedFields(after, { ...after, maturity: 'DEV', depends: '', description: 'new', 'x-own': 'kept' }),
    ).toEqual([
      { field: 'depends', from: 'b', to: '' },
      { field: 'description', from: '', to: 'new' },
      { field: 'maturity', from: 'PROD', to: 'DEV' },
      { field: 'x-own', from: '', to: 'kept' },
    ]);
  });

  it('may be called like anything', () => {
    expect(changedFields(JSON.parse('{"__proto__":"a","constructor":"b"}') as Record<string, string>, {})).toEqual([
      { field: '__proto__', from: 'a', to: '' },
      { field: 'constructor', from: 'b', to: '' },
    ]);
  });
});
