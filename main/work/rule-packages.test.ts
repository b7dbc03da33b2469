import { describe, expect, it } from 'vitest';
import { buildPackage, RULES_PATHS } from '../../wapt/index.ts';
import { makeIdentity, makeSigner } from '../../wapt/testing.ts';
import { writeZip } from '../../wapt/zip-writer.ts';
import { value } from '../store/testing.ts';
import { RulePackages } from './rule-packages.ts';
import { NAME, setWork } from './testing-work.ts';
import { doubtAll } from './verification.ts';

const work = setWork();

const kinds = async (): Promise<readonly string[]> =>
  value(await work.store.packagesList()).packages.map(({ verification }) =>
    verification.kind === 'refused' ? verification.reason : verification.kind,
  );

/** Reads the index and waits until every package was looked at. */
async function settle(packages: RulePackages = work.packages): Promise<readonly string[]> {
  value(await packages.refresh(true));
  for (let tries = 0; tries < 100 && (await kinds()).includes('pending'); tries++) {
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  return kinds();
}

const isPackage = (url: string): boolean => url.startsWith('/wapt/') && url.endsWith('.wapt');

describe('the judgement of a package', () => {
  it('is verified, intact or refused', async () => {
    await work.repository.publish(await work.rulePackage('1', 'colleague'));
    await work.repository.publish(await work.rulePackage('2', 'stranger'));
    expect((await settle()).toSorted()).toEqual(['intact', 'verified']);
  });

  it('is a refusal where the file is not the one of the index, and is tried again when one signs in anew', async () => {
    await work.repository.publish(await work.rulePackage('1', 'colleague'));
    let downloads = 0;
    work.first = ({ url }, response) => {
      if (!isPackage(url)) return false;
      downloads++;
      response.end('damaged');
      return true;
    };
    expect(await settle()).toEqual(['md5']);
    value(await work.packages.refresh(true));
    value(await work.packages.refresh(true));
    expect(downloads).toBeLessThan(4);
    const [record] = value(await work.store.packageRecords());
    expect(await work.packages.read(record?.filename ?? '')).toMatchObject({
      ok: false,
      error: { code: 'package-refused', facts: { reason: 'md5' } },
    });
    work.first = () => false;
    const again = work.again();
    value(await again.refresh(true));
    for (let tries = 0; tries < 100 && (await kinds())[0] !== 'verified'; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    expect(await kinds()).toEqual(['verified']);
    await again.stop();
  });

  it('waits, and is no refusal, while the way is broken', async () => {
    await work.repository.publish(await work.rulePackage('1', 'colleague'));
    work.first = ({ url }, response) => {
      if (!isPackage(url)) return false;
      response.writeHead(502).end('<html>');
      return true;
    };
    value(await work.packages.refresh(true));
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await kinds()).toEqual(['pending']);
    work.first = () => false;
    expect(await settle()).toEqual(['verified']);
  });

  it('falls when its signer is trusted no more, though nobody is signed in', async () => {
    await work.repository.publish(await work.rulePackage('1', 'colleague'));
    expect(await settle()).toEqual(['verified']);
    work.trusted.delete('colleague');
    await doubtAll(work.store);
    expect(await kinds()).toEqual(['pending']);
    expect(await settle()).toEqual(['intact']);
  });
});

describe('a certificate that ends', () => {
  it('ends the judgement of what it signed, while the rules that hosts have of it stay known', async () => {
    const until = Date.now() + 2_000;
    const brief = await makeIdentity({ name: 'brief', keysOf: work.people.admin, notAfter: new Date(until) });
    const text = Buffer.from('{"forbidden_kbs":["KB5000001"]}');
    const { bytes } = await buildPackage({
      control: { package: NAME, section: 'wsus', version: '1', maturity: 'PROD' },
      files: Object.fromEntries(RULES_PATHS.map((path) => [path, text])),
      signer: makeSigner(brief),
    });
    await work.repository.publish(bytes);
    const { store, client } = work;
    const packages = new RulePackages({ store, client, trusted: () => [brief.certificatePem] });
    expect(await settle(packages)).toEqual(['verified']);
    // X.509 counts in whole seconds.
    await new Promise((resolve) => setTimeout(resolve, until - Date.now() + 1_100));
    expect(await kinds()).toEqual(['pending']);
    expect(await settle(packages)).toEqual(['certificate-expired']);
    expect(value(await store.packagesWithoutRules())).toEqual([]);
    const draft = await work.saveDraft({ package: 'other' });
    const forecast = value(await store.ruleForecast({ draftId: draft.id, signer: null, staleDays: 14 }));
    expect(forecast.unread).toEqual([]);
    await packages.stop();
  });
});

describe('a certificate of the index or of a package', () => {
  it('is never an anchor: what it signed reads as of an unknown signer', async () => {
    await work.repository.publish(await work.rulePackage('1', 'stranger'));
    work.repository.certificates.push(work.people.stranger.certificatePem);
    expect(await settle()).toEqual(['intact']);
    const [record] = value(await work.store.packageRecords());
    expect(value(await work.packages.read(record?.filename ?? ''))).toMatchObject({ verification: { kind: 'intact' } });
  });
});

describe('what a server may hand out', () => {
  it('costs one package when a package is a bomb, and nobody else', async () => {
    await work.repository.publish(await work.rulePackage('1', 'colleague'));
    const bomb = await writeZip([['WAPT/control', Buffer.alloc(64 * 1024 * 1024)]]);
    work.repository.put({ package: NAME, section: 'wsus', version: '2', maturity: 'PROD' }, bomb);
    expect((await settle()).toSorted()).toEqual(['hostile-zip', 'verified']);
    expect(work.bugs).toEqual([]);
  });

  it('is not asked for under a name that leads out of its folder', async () => {
    await work.repository.publish(await work.rulePackage('1', 'colleague'));
    for (const filename of ['../../api/v3/logout', '..', 'a/b.wapt', 'a\\b.wapt']) {
      work.repository.put({ package: 'lab-odd', section: 'wsus', version: '1', filename }, Buffer.from('x'));
    }
    await settle();
    const asked = work.stage.server.asked.map(({ url }) => url);
    expect(asked.filter((url) => url.startsWith('/wapt/')).every((url) => /^\/wapt\/[^/]+$/.test(url))).toBe(true);
    expect(asked.some((url) => url.includes('logout'))).toBe(false);
    expect(work.bugs).toEqual([]);
  });
});

describe('reading the index', () => {
  it('is shared while it waits, and never once it has begun', async () => {
    let reads = 0;
    work.first = ({ url }) => {
      if (url === '/wapt/Packages') reads++;
      return false;
    };
    const first = work.packages.refresh(true);
    await new Promise((resolve) => setTimeout(resolve, 5));
    const [second, third] = [work.packages.refresh(true), work.packages.refresh(true)];
    expect(second).toBe(third);
    expect(second).not.toBe(first);
    await Promise.all([first, second]);
    expect(reads).toBe(2);
    value(await work.packages.refresh(false));
    expect(reads).toBe(2);
  });

  it('ends with the session, after a publication that is under way', async () => {
    const steps: string[] = [];
    void work.packages.publishInTurn(async () => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      steps.push('published');
    });
    await work.packages.stop();
    steps.push('stopped');
    expect(steps).toEqual(['published', 'stopped']);
    expect(await work.packages.refresh(true)).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  });

  it('waits for a publication that hangs no longer than it is told', async () => {
    const packages = work.again();
    void packages.publishInTurn(() => new Promise(() => undefined));
    const started = Date.now();
    await packages.stop(100);
    expect(Date.now() - started).toBeLessThan(2_000);
  });
});
