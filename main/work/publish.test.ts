import { describe, expect, it } from 'vitest';
import { readPackage } from '../../wapt/index.ts';
import { writeZip } from '../../wapt/zip-writer.ts';
import { value } from '../store/testing.ts';
import { deletePublished } from './delete-published.ts';
import { checkPublish, type PublishParts, publish } from './publish.ts';
import { NAME, setWork } from './testing-work.ts';

const work = setWork();
const UPLOAD = 'POST /api/v3/upload_packages';
const INDEX = 'GET /wapt/Packages';

const parts = (): PublishParts => ({
  store: work.store,
  client: work.client,
  packages: work.packages,
  signer: work.signer,
});

/** Publishes a draft as the person would who just looked at it. */
const publishNow = async (draftId: string, overMoved = false) => {
  const { version } = value(await checkPublish(parts(), draftId));
  return publish(parts(), { draftId, version, overMoved, reason: 'test' }, 'admin');
};

const noted = async () =>
  value(await work.store.journalList(10)).map(({ kind, facts }) => ({ kind, version: facts['version'], facts }));

/** What happens to the next upload: it arrives or not, and its answer is lost. */
const breakUpload = (arrives: boolean): void => {
  work.first = async ({ method, url, body }, response) => {
    if (`${method} ${url}` !== UPLOAD) return false;
    work.first = () => false;
    if (arrives) await work.repository.publish(body);
    response.destroy();
    return true;
  };
};

describe('a publication', () => {
  it('is seen in the index, written in the journal, and takes its draft away', async () => {
    const draft = await work.saveDraft();
    const published = value(await publishNow(draft.id));
    expect(published).toMatchObject({ package: NAME, version: '1' });
    expect(work.repository.published().map(({ control }) => control['filename'])).toEqual([published.filename]);
    expect(await noted()).toMatchObject([{ kind: 'package.publish', version: '1' }]);
    expect(value(await work.store.draftsList())).toEqual([]);
  });

  it('whose answer was lost is no failure when the package is there', async () => {
    const draft = await work.saveDraft();
    breakUpload(true);
    expect(value(await publishNow(draft.id)).version).toBe('1');
    expect(await noted()).toMatchObject([{ kind: 'package.publish', version: '1' }]);
  });

  it('that was cut half-way fails with what broke it, keeps its draft, and goes through the next time', async () => {
    const draft = await work.saveDraft();
    breakUpload(false);
    expect(await publishNow(draft.id)).toMatchObject({ ok: false, error: { code: 'cut-off' } });
    expect(value(await work.store.draftsList())).toEqual([draft]);
    expect(await noted()).toEqual([]);
    expect(value(await publishNow(draft.id)).version).toBe('1');
  });

  it('is written in the journal when only the look at it failed, and keeps its draft', async () => {
    const draft = await work.saveDraft();
    let isUploaded = false;
    work.first = ({ method, url }, response) => {
      isUploaded ||= `${method} ${url}` === UPLOAD;
      if (!isUploaded || url !== '/wapt/Packages') return false;
      response.writeHead(502).end('<html>502 Bad Gateway</html>');
      return true;
    };
    expect(await publishNow(draft.id)).toMatchObject({ ok: false, error: { code: 'server-broken' } });
    expect(await noted()).toMatchObject([{ version: '1', facts: { seen: false } }]);
    expect(value(await work.store.draftsList())).toHaveLength(1);
  });

  it('looks at an index that was read after its upload, whoever reads it meanwhile', async () => {
    const draft = await work.saveDraft();
    const { version } = value(await checkPublish(parts(), draft.id));
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    work.first = async ({ method, url }) => {
      if (`${method} ${url}` !== UPLOAD) return false;
      // Somebody's reading begins now, before the package is there, and its answer comes late.
      work.first = async ({ url: other }, response) => {
        if (other !== '/wapt/Packages') return false;
        work.first = () => false;
        await held;
        response.destroy();
        return true;
      };
      work.packages.refreshUnasked(true);
      await new Promise((resolve) => setTimeout(resolve, 100));
      setTimeout(release, 100);
      return false;
    };
    const published = await publish(parts(), { draftId: draft.id, version, overMoved: false, reason: '' }, 'admin');
    expect(published).toMatchObject({ ok: true });
  });

  it('asked for twice at once is made once', async () => {
    const draft = await work.saveDraft();
    const { version } = value(await checkPublish(parts(), draft.id));
    const request = { draftId: draft.id, version, overMoved: false, reason: '' };
    const answers = await Promise.all([publish(parts(), request, 'admin'), publish(parts(), request, 'admin')]);
    expect(answers.map(({ ok }) => ok)).toEqual([true, false]);
    expect(answers[1]).toMatchObject({ error: { code: 'not-found' } });
    expect(work.repository.published()).toHaveLength(1);
    expect(await noted()).toHaveLength(1);
  });

  it('does not take what was written in the draft meanwhile', async () => {
    const draft = await work.saveDraft();
    work.first = async ({ method, url }) => {
      if (`${method} ${url}` !== UPLOAD) return false;
      work.first = () => false;
      const { savedAt: _savedAt, ...content } = draft;
      await work.store.draftSave({ ...content, description: 'written meanwhile' });
      return false;
    };
    const published = value(await publishNow(draft.id));
    const [left] = value(await work.store.draftsList());
    expect(left).toMatchObject({
      id: draft.id,
      description: 'written meanwhile',
      base: { filename: published.filename, version: '1' },
    });
    expect(value(await checkPublish(parts(), draft.id))).toMatchObject({ version: '2', movedTo: null });
  });

  it('of the same version by another console in the same moment is told, and both are in the journal of who made them', async () => {
    const draft = await work.saveDraft();
    work.first = async ({ method, url }) => {
      if (`${method} ${url}` !== UPLOAD) return false;
      work.first = () => false;
      await work.repository.publish(await work.rulePackage('1', 'colleague', { control: { maturity: 'DEV' } }));
      return false;
    };
    expect(await publishNow(draft.id)).toMatchObject({
      ok: false,
      error: { code: 'version-moved', facts: { uploaded: true } },
    });
    expect(await noted()).toMatchObject([{ kind: 'package.publish', version: '1' }]);
    expect(value(await work.store.draftsList())).toHaveLength(1);
  });

  it('of the version that somebody published before it is refused, and nothing is sent', async () => {
    const draft = await work.saveDraft();
    const { version } = value(await checkPublish(parts(), draft.id));
    await work.repository.publish(await work.rulePackage('1', 'colleague'));
    const refused = await publish(parts(), { draftId: draft.id, version, overMoved: true, reason: '' }, 'admin');
    expect(refused).toMatchObject({ ok: false, error: { code: 'version-moved', facts: { newest: '1' } } });
    expect(work.repository.published()).toHaveLength(1);
  });
});

describe('a deletion', () => {
  const filenames = () => work.repository.published().map(({ control }) => String(control['filename']));

  it('of something that is no rule package of the index is not asked for', async () => {
    await work.repository.publish(await work.rulePackage('1', 'colleague'));
    value(await work.packages.refresh(true));
    for (const filename of ['tis-firefox_1_all.wapt', '../Packages', '']) {
      const request = { filenames: [...filenames(), filename], reason: '' };
      expect(await deletePublished(parts(), request, 'admin')).toMatchObject({ error: { code: 'not-in-index' } });
    }
    expect(work.stage.server.asked.map(({ url }) => url)).not.toContain('/api/v3/packages_delete');
    expect(await noted()).toEqual([]);
  });

  it('whose answer was lost is judged by what is gone', async () => {
    await work.repository.publish(await work.rulePackage('1', 'colleague'));
    value(await work.packages.refresh(true));
    const request = { filenames: filenames(), reason: 'old' };
    work.first = ({ url }, response) => {
      if (url !== '/api/v3/packages_delete') return false;
      response.destroy();
      return true;
    };
    expect(await deletePublished(parts(), request, 'admin')).toMatchObject({ ok: false, error: { code: 'cut-off' } });
    expect(await noted()).toEqual([]);
    work.first = ({ url }, response) => {
      if (url !== '/api/v3/packages_delete') return false;
      work.repository.remove(NAME);
      response.destroy();
      return true;
    };
    expect(await deletePublished(parts(), request, 'admin')).toEqual({
      ok: true,
      value: { deleted: request.filenames, failed: [] },
    });
    expect(await noted()).toMatchObject([{ kind: 'package.delete' }]);
  });
});

describe('what a new version takes over', () => {
  const published = async () => {
    const newest = work.repository.published().at(-1);
    return readPackage(newest?.bytes ?? new Uint8Array());
  };
  const draftOf = async () => {
    value(await work.packages.refresh(true));
    const [record] = value(await work.store.packageRecords());
    return work.saveDraft({ base: { filename: record?.filename ?? '', version: record?.version ?? '' } });
  };

  it('is all of a package that a trusted signer vouches for', async () => {
    await work.repository.publish(
      await work.rulePackage('3', 'colleague', {
        rules: { allowed_kbs: ['KB1'], default_allow: true },
        control: { depends: 'tis-tool', keywords: 'wua' },
        files: { 'WAPT/changelog.txt': Buffer.from('text') },
      }),
    );
    const draft = await draftOf();
    expect(value(await publishNow(draft.id)).version).toBe('4');
    const { control, files } = await published();
    expect(control).toMatchObject({ depends: 'tis-tool', keywords: 'wua', version: '4' });
    expect([...files.keys()]).toContain('WAPT/changelog.txt');
    expect(JSON.parse(files.get('WAPT/waptwua_rules.json')?.toString() ?? '')).toEqual({
      forbidden_kbs: ['KB5000001'],
      default_allow: true,
    });
  });

  it.each(['setup.py', 'SETUP.PY', 'Setup.Py'])('is never code, however it is spelt: %s', async (path) => {
    await work.repository.publish(
      await work.rulePackage('3', 'colleague', { files: { [path]: Buffer.from('print(1)') } }),
    );
    const draft = await draftOf();
    value(await publishNow(draft.id));
    expect([...(await published()).files.keys()].map((name) => name.toLowerCase())).not.toContain('setup.py');
  });

  it('is nothing but the rules where nobody knows the signer: what may hide in it is not signed', async () => {
    await work.repository.publish(
      await work.rulePackage('3', 'stranger', {
        rules: { allowed_kbs: ['KB1'] },
        control: { depends: 'evil-tool', forced_install_on: '2020-01-01T00:00:00' },
        files: { 'WAPT/preinstall.cmd': Buffer.from('evil') },
      }),
    );
    const draft = await draftOf();
    expect(value(await checkPublish(parts(), draft.id))).toMatchObject({ base: 'intact' });
    value(await publishNow(draft.id));
    const { control, files } = await published();
    expect(control).toMatchObject({ depends: '', forced_install_on: '', version: '4' });
    expect([...files.keys()]).not.toContain('WAPT/preinstall.cmd');
  });

  it('is nothing at all of a package that hosts would refuse', async () => {
    const bytes = Buffer.from(
      await work.rulePackage('3', 'colleague', { files: { 'WAPT/a.txt': Buffer.from('signed text') } }),
    );
    const { files } = await readPackage(bytes);
    const forged = await writeZip(
      [...files].map(([path, content]) => [path, path === 'WAPT/a.txt' ? Buffer.from('forged text') : content]),
    );
    await work.repository.publish(forged);
    const draft = await draftOf();
    const refused = { ok: false, error: { code: 'package-refused', facts: { reason: 'file-changed' } } };
    // One is told before one confirms, and again if the file was replaced in between.
    expect(await checkPublish(parts(), draft.id)).toMatchObject(refused);
    const request = { draftId: draft.id, version: '4', overMoved: false, reason: '' };
    expect(await publish(parts(), request, 'admin')).toMatchObject(refused);
    expect(work.repository.published()).toHaveLength(1);
    expect(value(await work.store.draftsList())).toHaveLength(1);
  });

  it('is not the name of a package of another kind', async () => {
    await work.repository.publish(await work.rulePackage('9', 'colleague', { control: { section: 'base' } }));
    const draft = await work.saveDraft();
    expect(await checkPublish(parts(), draft.id)).toMatchObject({
      ok: false,
      error: { code: 'name-invalid', field: 'package', facts: { reason: 'taken' } },
    });
    expect(work.stage.server.asked.map(({ method, url }) => `${method} ${url}`)).toContain(INDEX);
  });
});
