import { expect, type OpenConsole, test } from './fixtures.ts';

/** Fills a new draft with a name and the first updates that the search finds. */
async function newDraft({ packages, frame }: OpenConsole, name: string): Promise<void> {
  await frame.goTo('WAPTWUA packages');
  await packages.create.click();
  await packages.editor.name.fill(name);
}

/** Allows or forbids, in the open draft, every update that the search finds. */
async function decide({ packages }: OpenConsole, what: 'allow' | 'forbid', search: string): Promise<number> {
  const { pick } = packages.editor;
  const all = await pick.grid.count();
  await pick.search.fill(search);
  await pick.grid.expectCount((count) => count > 0 && count < all);
  const found = await pick.grid.count();
  await pick.grid.root.getByRole('checkbox', { name: 'Select every row shown' }).check();
  await pick[what].click();
  await pick.grid.expectEach('Here', what === 'allow' ? /^ALLOWED$/ : /^FORBIDDEN$/);
  return found;
}

test('creates, signs and publishes a package, and hosts change what they report', async ({ lab, signedIn }) => {
  const { packages, updates, frame, hosts, page } = signedIn;

  await test.step('forbids a needed update in the package of the desktops', async () => {
    await updates.entry('Classification', 'Security updates').check();
    await updates.entry('Product', 'Windows 11').check();
    await updates.grid.expectEach('Product', /^Windows 11$/);
  });
  const kb = await updates.grid.rowAt(0).text('KBs');
  await updates.grid.rowAt(0).menu();
  await updates.menuItem('Forbid in…').click();
  await expect(packages.intent.dialog).toContainText('Nothing is published now');
  await packages.intent.package(/lab-wua-desktops/).click();
  await packages.intent.go.click();
  await packages.editor.side('Forbidden').click();
  await expect(packages.editor.forbidden.row(kb).root).toBeVisible();
  await packages.editor.isSaved();

  await test.step('asks for a signer, and says at its field that the passphrase is wrong', async () => {
    await packages.editor.publish.click();
    await expect(frame.signer.dialog).toContainText('Hosts only take rules that are signed');
    await frame.signer.answer('not-the-passphrase');
    await expect(frame.signer.passphrase).toHaveAccessibleDescription(/Wrong passphrase/);
    await expect(frame.signer.passphrase).toHaveValue('');
    await frame.signer.answer(lab.signer.passphrase);
    await expect(frame.signer.dialog).toBeHidden();
  });

  await test.step('shows what changes before it signs', async () => {
    await expect(packages.review.title).toHaveText(/^Publish lab-wua-desktops /);
    await expect(packages.review.dialog).toContainText('Changes against version');
    await expect(packages.review.fact('Signer')).toContainText('lab.signer');
    await packages.review.reason.fill('Breaks the accounting program');
    await packages.review.sign.click();
    await expect(frame.message(/lab-wua-desktops \S+ is published/)).toBeVisible();
    const row = packages.grid.row('lab-wua-desktops');
    await expect(await row.cell('Signature')).toHaveText('Verified');
    await expect(packages.drafts.region).toBeHidden();
    await expect(frame.signer.state).toHaveText(/lab\.signer/);
  });

  await test.step('hosts take it and report the update as forbidden', async () => {
    await frame.goTo('Hosts');
    const holders = lab.hosts.filter(
      ({ behaviour, family }) => behaviour === 'ordinary' && family.startsWith('windows-11'),
    );
    for (const { fqdn } of holders) await hosts.grid.row(fqdn).toggle();
    for (const order of ['refresh', 'scan'] as const) {
      await hosts.order(order).click();
      await hosts.confirm.go(order === 'scan' ? 'Scan' : 'Refresh').click();
      await hosts.orders.ended();
    }
    await frame.goTo('Windows Updates');
    await updates.clear.click();
    await updates.search.fill(kb);
    await updates.grid.row(kb).select();
    await page.keyboard.press('Enter');
    await expect(updates.details.getByRole('button', { name: /^Forbidden [1-9]/ })).toBeVisible();
    await expect(await updates.grid.row(kb).cell('Pending')).toHaveText(/^0?$/);
  });

  await test.step('and the journal says who did it, and why', async () => {
    await frame.goTo('Journal');
    const entry = page.getByRole('row').filter({ hasText: 'Breaks the accounting program' });
    await expect(entry).toContainText('Rule package published');
    await expect(entry).toContainText('admin');
  });
});

test('publishes a package that is new, with KBs and their ids beside', async ({ lab, signedIn }) => {
  const { packages, frame } = signedIn;
  await newDraft(signedIn, 'Été');
  await packages.editor.publish.click();
  await expect(packages.editor.name).toHaveAttribute('aria-invalid', 'true');
  await packages.editor.name.fill('lab-wua-e2e');
  await packages.editor.description.fill('Made by a test');
  await packages.editor.pick.writeAs('KBs').click();
  await decide(signedIn, 'allow', 'Office 2016');
  await expect(packages.editor.side('Allowed')).not.toHaveText('Allowed (0)');
  await packages.editor.isSaved();

  await test.step('undo and redo', async () => {
    await packages.editor.undo.click();
    await expect(packages.editor.side('Allowed')).toHaveText('Allowed (0)');
    await packages.editor.redo.click();
    await expect(packages.editor.side('Allowed')).not.toHaveText('Allowed (0)');
  });

  await packages.editor.publish.click();
  await frame.signer.answer(lab.signer.passphrase);
  await expect(packages.review.fact('Entries in all')).toContainText('written beside');
  await packages.review.sign.click();
  await expect(frame.message('No host has it yet')).toBeVisible();
  const row = packages.grid.row('lab-wua-e2e');
  await expect(await row.cell('Signature')).toHaveText('Verified');
  await expect(await row.cell('Description')).toHaveText('Made by a test');
  await expect(await row.cell('Maturity')).toHaveText('PROD');

  await test.step('and deletes it, after asking', async () => {
    await row.select();
    await signedIn.page.keyboard.press('Delete');
    await expect(packages.confirmDelete.dialog).toContainText('lab-wua-e2e');
    await expect(packages.confirmDelete.dialog).toContainText('on no host');
    await expect(packages.confirmDelete.dialog).toContainText('This is the only version of lab-wua-e2e');
    await packages.confirmDelete.yes.click();
    await expect(frame.message('1 version deleted.')).toBeVisible();
    await expect(packages.grid.row('lab-wua-e2e').root).toBeHidden();
  });
});

test('keeps a draft over a reload and over the death of the console', async ({ consoles, guard, signedIn }) => {
  const { packages, console, data, page } = signedIn;
  await newDraft(signedIn, 'lab-wua-survivor');
  const forbidden = await decide(signedIn, 'forbid', 'KB890830');
  await packages.editor.isSaved();

  await test.step('a reload', async () => {
    await page.reload();
    await expect(packages.editor.name).toHaveValue('lab-wua-survivor');
    await expect(packages.editor.side('Forbidden')).toHaveText(`Forbidden (${forbidden})`);
  });

  await packages.editor.description.fill('Written in the last second');
  await packages.editor.isSaved();
  guard.allow(/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE/);
  await console.kill();

  await test.step('a kill', async () => {
    const again = await consoles.start({ data });
    await again.signIn.as('admin');
    await again.frame.goTo('WAPTWUA packages');
    await again.packages.drafts.resume('lab-wua-survivor').click();
    await expect(again.packages.editor.description).toHaveValue('Written in the last second');
    await expect(again.packages.editor.side('Forbidden')).toHaveText(`Forbidden (${forbidden})`);
    await again.packages.editor.back.click();
    await again.packages.drafts.discard('lab-wua-survivor').click();
    await expect(again.packages.confirmDelete.dialog).toContainText('Discard the draft of lab-wua-survivor?');
    await again.packages.confirmDelete.dialog.getByRole('button', { name: 'Discard' }).click();
    await expect(again.packages.drafts.region).toBeHidden();
  });
});

test('tells the second of two consoles that publish at once', async ({ consoles, lab, signedIn }) => {
  const other = await consoles.start();
  await other.signIn.as('admin');
  await other.frame.allRead();
  const both = [signedIn, other];
  for (const [index, { packages, frame, ...app }] of both.entries()) {
    await frame.goTo('WAPTWUA packages');
    await packages.grid.row('lab-wua-servers').select();
    await packages.edit.click();
    await decide({ packages, frame, ...app }, 'forbid', index === 0 ? 'KB890830' : 'Office 2016');
    await packages.editor.isSaved();
    await packages.editor.publish.click();
    await frame.signer.answer(lab.signer.passphrase);
    await expect(packages.review.title).toHaveText(/^Publish lab-wua-servers /);
  }
  await Promise.all(both.map(({ packages }) => packages.review.sign.click()));

  const published = (app: OpenConsole) => app.frame.message(/lab-wua-servers \S+ is published/);
  const told = (app: OpenConsole) =>
    app.packages.review.failure.filter({
      hasText: /Somebody published meanwhile|published meanwhile|not in the index/,
    });
  await expect(published(signedIn).or(told(signedIn)).first()).toBeVisible();
  await expect(published(other).or(told(other)).first()).toBeVisible();
  const losers: OpenConsole[] = [];
  for (const app of both) if (await told(app).first().isVisible()) losers.push(app);
  expect(losers).toHaveLength(1);

  await test.step('who keeps the draft, and publishes over it knowingly', async () => {
    const { packages, frame } = losers[0] ?? signedIn;
    await expect(packages.review.sign).toBeDisabled();
    await packages.review.over.check();
    await packages.review.sign.click();
    await expect(frame.message(/lab-wua-servers \S+ is published/)).toBeVisible();
  });
});
