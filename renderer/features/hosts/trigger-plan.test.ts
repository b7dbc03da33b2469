import { describe, expect, it } from 'vitest';
import { hostRow, openSigner } from './testing.ts';
import { planTrigger } from './trigger-plan.ts';

describe('planTrigger', () => {
  const selection = [
    hostRow('trusts', { trustedSigners: ['aa', 'bb'] }),
    hostRow('trusts-issuer', { trustedSigners: ['ca'] }),
    hostRow('does-not', { trustedSigners: ['cc'], reachable: 'DISCONNECTED' }),
    hostRow('unsaid', { platform: 'Linux', rebootRequired: true }),
  ];

  it('names hosts by what one can expect of them', () => {
    const plan = planTrigger(selection, openSigner('aa'));
    expect(plan.reachable.map((host) => host.uuid)).toEqual(['trusts', 'trusts-issuer', 'unsaid']);
    expect(plan.unreachable.map((host) => host.uuid)).toEqual(['does-not']);
    expect(plan.untrusting.map((host) => host.uuid)).toEqual(['does-not']);
    expect(plan.notWindows.map((host) => host.uuid)).toEqual(['unsaid']);
    expect(plan.rebootFirst.map((host) => host.uuid)).toEqual(['unsaid']);
  });

  it('says nothing of trust while no signer is open', () => {
    expect(planTrigger(selection, { kind: 'none' }).untrusting).toEqual([]);
  });
});
