import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fileAnswer } from './static-files.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lab-static-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

it('sends the file that it announced, though another takes its name meanwhile', async () => {
  writeFileSync(join(folder, 'Packages'), 'a'.repeat(100));
  const answer = await fileAnswer(folder, 'Packages', {}, false);
  writeFileSync(join(folder, 'next'), 'b'.repeat(500));
  renameSync(join(folder, 'next'), join(folder, 'Packages'));
  expect(answer.headers?.['Content-Length']).toBe('100');
  expect((await buffer(answer.body as Readable)).toString()).toBe('a'.repeat(100));
  const next = await fileAnswer(folder, 'Packages', {}, false);
  expect((await buffer(next.body as Readable)).toString()).toBe('b'.repeat(500));
});

it('has no file outside its folder, and shows no folder', async () => {
  expect((await fileAnswer(folder, '../passwd', {}, false)).status).toBe(404);
  expect((await fileAnswer(folder, 'nothing', {}, false)).status).toBe(404);
  expect((await fileAnswer(folder, '', {}, false)).status).toBe(403);
});
