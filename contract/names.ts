/** Every question the window may ask main. Plain strings: the preload imports this file and nothing else of the contract. */
export const CALL_NAMES = [
  'app.info',
  'app.open',
  'app.copy',
  'settings.get',
  'settings.set',
  'desks.list',
  'desks.open',
  'desks.close',
  'profiles.list',
  'profiles.save',
  'profiles.delete',
  'session.inspect',
  'session.trust',
  'session.signIn',
  'session.openOffline',
  'session.signOut',
  'session.state',
  'files.list',
  'files.browse',
  'signer.state',
  'signer.open',
  'signer.lock',
  'signer.trusted',
  'signer.trust',
  'signer.distrust',
  'sync.start',
  'sync.cancel',
  'sync.pause',
  'sync.resume',
  'sync.state',
  'sync.freshness',
  'updates.list',
  'updates.query',
  'updates.get',
  'updates.hosts',
  'updates.download',
  'updates.deleteFiles',
  'index.state',
  'index.download',
  'downloads.list',
  'downloads.forget',
  'packages.list',
  'packages.read',
  'packages.hosts',
  'packages.check',
  'packages.publish',
  'packages.delete',
  'assignment.list',
  'assignment.preview',
  'assignment.apply',
  'drafts.list',
  'drafts.save',
  'drafts.discard',
  'triage.list',
  'triage.visit',
  'triage.decide',
  'triage.snooze',
  'triage.toDraft',
  'rings.list',
  'rings.save',
  'rings.delete',
  'rings.status',
  'rings.promote',
  'builder.run',
  'fleet.behind',
  'rules.forecast',
  'rules.pairs',
  'rules.contradictions',
  'rules.why',
  'rules.stated',
  'rules.state',
  'rules.coverage',
  'history.versions',
  'history.rules',
  'history.diff',
  'history.restore',
  'hosts.list',
  'hosts.get',
  'hosts.updates',
  'hosts.compare',
  'hosts.tasks',
  'actions.trigger',
  'actions.retry',
  'actions.stop',
  'actions.runs',
  'journal.list',
  'journal.check',
  'options.reported',
  'exports.begin',
  'exports.rows',
  'exports.finish',
  'exports.cancel',
] as const;

/** One question, `subject.verb`. */
export type CallName = (typeof CALL_NAMES)[number];

/** What main may tell the window unasked. Payloads carry ids and counts, never rows. */
export const EVENT_NAMES = [
  'session.changed',
  'signer.changed',
  'sync.changed',
  'store.changed',
  'downloads.changed',
  'hosts.tasks',
  'actions.changed',
  'settings.changed',
  'desks.changed',
] as const;

/** One event. */
export type EventName = (typeof EVENT_NAMES)[number];

/** Subjects that belong to the console, not to one of its desks; every other call names the desk that it is for. */
export const DESKLESS: ReadonlySet<string> = new Set(['app', 'settings', 'desks', 'profiles', 'files']);

/** The name under which both preloads install the bridge on the page's global object. */
export const BRIDGE = 'waptwua';

/** The channels of the desktop entry: one for calls, one for events. */
export const CHANNELS = { call: 'waptwua:call', event: 'waptwua:event' } as const;

/** The routes and names of browser mode. */
export const BROWSER = {
  exchange: '/session',
  call: '/call/',
  events: '/events',
  download: '/download/',
  header: 'x-console-session',
  desk: 'x-console-desk',
  storageKey: 'waptwua.session',
} as const;
