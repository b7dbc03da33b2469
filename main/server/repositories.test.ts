import { expect, it } from 'vitest';
import { repositoryRules, syncListDate } from './repositories.ts';
import { absent, json, line, setStage } from './testing.ts';

const stage = setStage();

const rule = {
  id: 1,
  name: 'Lyon',
  condition: 'SITE',
  value: 'Lyon',
  repo_url: 'https://repo.lan/wapt/',
  repositories: ['WAPT', 'WUA'],
  active: true,
  no_fallback: false,
  signature: 'x',
};
const read = {
  name: 'Lyon',
  condition: 'SITE',
  value: 'Lyon',
  url: 'https://repo.lan/wapt',
  covers: ['WAPT', 'WUA'],
  isActive: true,
  hasFallback: true,
};

it('reads rules as a list, or inside an object, and tells what it cannot read', async () => {
  const mine = await stage.v3();
  for (const body of [[rule, 7], { version: 2, rules: [rule] }]) {
    stage.reply = (_asked, response) => json(response, body);
    expect(await repositoryRules(mine)).toEqual({ ok: true, value: [read] });
  }
  expect(line(stage.lastAsked())).toBe('GET /rules.json');
  stage.reply = (_asked, response) => json(response, [{ repo_url: 5, repositories: 'WAPT,WUA' }]);
  expect(await repositoryRules(mine)).toMatchObject({ ok: true, value: [{ name: null, covers: ['WAPT', 'WUA'] }] });
  stage.reply = (_asked, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>');
  expect(await repositoryRules(mine)).toMatchObject({ ok: false, error: { code: 'malformed' } });
});

it('sends no password for them, and knows a server without', async () => {
  const mine = await stage.v3();
  stage.reply = absent;
  expect(await repositoryRules(mine)).toEqual({ ok: true, value: null });
  expect(stage.lastAsked().headers['authorization']).toBeUndefined();
  expect(await syncListDate(mine)).toEqual({ ok: true, value: null });
  expect(stage.lastAsked().headers['authorization']).toBeUndefined();
});
