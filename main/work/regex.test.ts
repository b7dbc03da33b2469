import { describe, expect, it } from 'vitest';
import { matchTitles } from './regex.ts';

const titles = [
  '2026-11 Cumulative Update for Windows 11 (KB5043064)',
  'Mise à jour cumulative pour Windows 10',
  'Definition Update for Microsoft Defender',
];

describe('regular expressions over titles', () => {
  it('gives the positions that match, whatever the case', async () => {
    expect(await matchTitles('CUMULATIVE', titles)).toEqual({ ok: true, value: [0, 1] });
    expect(await matchTitles('^definition', titles)).toEqual({ ok: true, value: [2] });
    expect(await matchTitles('à\\sjour', titles)).toEqual({ ok: true, value: [1] });
  });

  it('says that a pattern is none, in the engine’s words', async () => {
    const answer = await matchTitles('(', titles);
    expect(answer).toMatchObject({ ok: false, error: { code: 'regex-invalid', field: 'pattern' } });
    expect(answer.ok ? '' : answer.error.facts?.['reason']).toMatch(/\(/);
  });

  it('ends one that never would', async () => {
    const started = performance.now();
    const answer = await matchTitles('^(a+)+$', [`${'a'.repeat(60)}!`]);
    expect(answer).toMatchObject({ ok: false, error: { code: 'regex-too-slow', facts: { limit: 200 } } });
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it('looks through 20,000 titles in time', async () => {
    const many = Array.from({ length: 20_000 }, (_, i) => `${titles[i % 3] ?? ''} ${i}`);
    const answer = await matchTitles('windows 1[01]', many, { timeoutMs: 2_000 });
    expect(answer.ok && answer.value.length).toBeGreaterThan(13_000);
  });
});
