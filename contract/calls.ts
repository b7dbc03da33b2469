/** The contract: what each call takes and gives. Requests are parsed by schema in main, answers are `Result`s. */

import type { z } from 'zod';
import type { FilterAnswer } from '../domain/catalogue.ts';
import type { Result } from '../domain/result.ts';
import type { Rules } from '../domain/rules.ts';
import type { ConsoleError } from './errors.ts';
import type { CallName } from './names.ts';
import { type ActionRun, runRef, triggerRequest } from './schemas/actions.ts';
import {
  type AppInfo,
  copyRequest,
  notifyRequest,
  type OpenAnswer,
  openRequest,
  type Settings,
  settingsPatch,
} from './schemas/app.ts';
import {
  type Assignment,
  type AssignmentOutcome,
  type AssignmentPreview,
  assignmentApply,
  assignmentChanges,
  assignmentRequest,
} from './schemas/assignment.ts';
import { type BuiltRules, runBuilder } from './schemas/builder.ts';
import {
  type Campaign,
  type CampaignDetail,
  type CampaignList,
  type CampaignTry,
  campaignGo,
  campaignHostRef,
  campaignInput,
  campaignRef,
} from './schemas/campaigns.ts';
import { type CertificateView, type Freshness, nothing } from './schemas/common.ts';
import {
  auditRequest,
  type CveAudit,
  type CveSources,
  cveSourceRef,
  cvesOfUpdate,
  type ImportFile,
  type ImportFiles,
  importRequest,
  type UpdateCves,
} from './schemas/cves.ts';
import { type DeskList, deskRef } from './schemas/desks.ts';
import {
  type DiskState,
  type DownloadList,
  type DownloadTask,
  type FilesWeight,
  forgetDownloads,
  type IndexState,
  indexDownload,
  type Repositories,
  weighRequest,
} from './schemas/downloads.ts';
import { type ExportBegun, type ExportOutcome, exportBegin, exportRef, exportRows } from './schemas/exports.ts';
import {
  type FailureBoard,
  failuresRequest,
  type KnownBad,
  type KnownBadOn,
  knownBadOnRequest,
  markRequest,
  unmarkRequest,
} from './schemas/failures.ts';
import {
  behindRequest,
  type FleetNews,
  type FleetOverview,
  type FleetSet,
  type Trend,
  trendRequest,
} from './schemas/fleet.ts';
import { diffRequest, historyRequest, type PackageVersion, type RulesDiff, versionRef } from './schemas/history.ts';
import {
  compareRequest,
  type HostComparison,
  type HostDetail,
  type HostList,
  type HostTasks,
  type HostUpdateRow,
  hostRef,
  hostTasksRequest,
} from './schemas/hosts.ts';
import type { ReportedOptionsAnswer } from './schemas/options.ts';
import {
  type Draft,
  deletePackages,
  draftInput,
  draftRef,
  type PackageContent,
  type PackageHost,
  type PackageList,
  type PublishCheck,
  type Published,
  packageRef,
  publishRequest,
} from './schemas/packages.ts';
import { promoteRequest, type RingSet, type RingStatus, ringSetInput, ringSetRef } from './schemas/rings.ts';
import {
  type Contradictions,
  type Coverage,
  contradictionsRequest,
  pairsRequest,
  type RuleForecast,
  type RulePairs,
  type Stated,
  stateRequest,
  type Why,
  whyRequest,
} from './schemas/rules.ts';
import {
  type Profile,
  profileInput,
  profileRef,
  type ServerContact,
  type SessionState,
  signInRequest,
  trustRequest,
} from './schemas/session.ts';
import {
  distrustSignerRequest,
  type FileView,
  filesRequest,
  openSignerRequest,
  type SignerState,
  trustSignerRequest,
} from './schemas/signer.ts';
import { type JournalEntry, type JournalState, journalRequest, type SyncState, syncRequest } from './schemas/sync.ts';
import { type TriageList, type TriageVisit, triageDecision, triageSnooze, triageToDraft } from './schemas/triage.ts';
import {
  type DeletedFiles,
  type UpdateDetail,
  type UpdateHost,
  type UpdateList,
  updateRef,
  updateSelection,
  updatesQuery,
} from './schemas/updates.ts';
import { exportViews, importViews, type SavedView, type ViewsExported } from './schemas/views.ts';

/** The schema of each request; main refuses what does not fit with `bad-request`. */
export const requestSchemas = {
  'app.info': nothing,
  'app.open': openRequest,
  'app.copy': copyRequest,
  'app.notify': notifyRequest,
  'settings.get': nothing,
  'settings.set': settingsPatch,
  'desks.list': nothing,
  'desks.open': nothing,
  'desks.close': deskRef,
  'views.import': importViews,
  'views.export': exportViews,
  'profiles.list': nothing,
  'profiles.save': profileInput,
  'profiles.delete': profileRef,
  'session.inspect': profileRef,
  'session.trust': trustRequest,
  'session.signIn': signInRequest,
  'session.openOffline': profileRef,
  'session.signOut': nothing,
  'session.state': nothing,
  'files.list': filesRequest,
  'files.browse': filesRequest,
  'signer.state': nothing,
  'signer.open': openSignerRequest,
  'signer.lock': nothing,
  'signer.trusted': nothing,
  'signer.trust': trustSignerRequest,
  'signer.distrust': distrustSignerRequest,
  'sync.start': syncRequest,
  'sync.cancel': nothing,
  'sync.pause': nothing,
  'sync.resume': nothing,
  'sync.state': nothing,
  'sync.freshness': nothing,
  'updates.list': nothing,
  'updates.query': updatesQuery,
  'updates.get': updateRef,
  'updates.hosts': updateRef,
  'updates.download': updateSelection,
  'updates.deleteFiles': updateSelection,
  'index.state': nothing,
  'index.download': indexDownload,
  'downloads.list': nothing,
  'downloads.forget': forgetDownloads,
  'downloads.disk': nothing,
  'downloads.weigh': weighRequest,
  'downloads.repositories': nothing,
  'packages.list': nothing,
  'packages.read': packageRef,
  'packages.hosts': packageRef,
  'packages.check': draftRef,
  'packages.publish': publishRequest,
  'packages.delete': deletePackages,
  'assignment.list': assignmentRequest,
  'assignment.preview': assignmentChanges,
  'assignment.apply': assignmentApply,
  'drafts.list': nothing,
  'drafts.save': draftInput,
  'drafts.discard': draftRef,
  'triage.list': nothing,
  'triage.visit': nothing,
  'triage.decide': triageDecision,
  'triage.snooze': triageSnooze,
  'triage.toDraft': triageToDraft,
  'rings.list': nothing,
  'rings.save': ringSetInput,
  'rings.delete': ringSetRef,
  'rings.status': ringSetRef,
  'rings.promote': promoteRequest,
  'builder.run': runBuilder,
  'fleet.behind': behindRequest,
  'fleet.overview': nothing,
  'fleet.trend': trendRequest,
  'fleet.news': nothing,
  'fleet.visit': nothing,
  'rules.forecast': draftRef,
  'rules.pairs': pairsRequest,
  'rules.contradictions': contradictionsRequest,
  'rules.why': whyRequest,
  'rules.stated': nothing,
  'rules.state': stateRequest,
  'rules.coverage': nothing,
  'history.versions': historyRequest,
  'history.rules': versionRef,
  'history.diff': diffRequest,
  'history.restore': versionRef,
  'hosts.list': nothing,
  'hosts.get': hostRef,
  'hosts.updates': hostRef,
  'hosts.compare': compareRequest,
  'hosts.tasks': hostTasksRequest,
  'actions.trigger': triggerRequest,
  'actions.retry': runRef,
  'actions.stop': runRef,
  'actions.runs': nothing,
  'cves.files': nothing,
  'cves.browse': nothing,
  'cves.import': importRequest,
  'cves.list': nothing,
  'cves.remove': cveSourceRef,
  'cves.audit': auditRequest,
  'cves.ofUpdate': cvesOfUpdate,
  'failures.board': failuresRequest,
  'failures.knownBad': nothing,
  'failures.knownBadOn': knownBadOnRequest,
  'failures.mark': markRequest,
  'failures.unmark': unmarkRequest,
  'campaigns.list': nothing,
  'campaigns.get': campaignRef,
  'campaigns.tries': campaignHostRef,
  'campaigns.save': campaignInput,
  'campaigns.start': campaignGo,
  'campaigns.pause': campaignRef,
  'campaigns.resume': campaignGo,
  'campaigns.retry': campaignGo,
  'campaigns.cancel': campaignRef,
  'campaigns.delete': campaignRef,
  'journal.list': journalRequest,
  'journal.check': nothing,
  'options.reported': nothing,
  'exports.begin': exportBegin,
  'exports.rows': exportRows,
  'exports.finish': exportRef,
  'exports.cancel': exportRef,
} as const satisfies Record<CallName, z.ZodType>;

/** What each call answers. */
export interface Answers {
  readonly 'app.info': AppInfo;
  readonly 'app.open': OpenAnswer;
  readonly 'app.copy': null;
  /** Whether the system tells it; else the window has to by itself. */
  readonly 'app.notify': boolean;
  readonly 'settings.get': Settings;
  readonly 'settings.set': Settings;
  readonly 'desks.list': DeskList;
  /** The id of the new desk. */
  readonly 'desks.open': string;
  readonly 'desks.close': DeskList;
  /** What was taken over, under names that were free. */
  readonly 'views.import': readonly SavedView[];
  readonly 'views.export': ViewsExported;
  readonly 'profiles.list': readonly Profile[];
  readonly 'profiles.save': Profile;
  readonly 'profiles.delete': null;
  readonly 'session.inspect': ServerContact;
  readonly 'session.trust': Profile;
  readonly 'session.signIn': SessionState;
  /** Opens a profile on what the store has; nobody is signed in. */
  readonly 'session.openOffline': SessionState;
  readonly 'session.signOut': null;
  readonly 'session.state': SessionState;
  readonly 'files.list': readonly FileView[];
  readonly 'files.browse': FileView | null;
  readonly 'signer.state': SignerState;
  readonly 'signer.open': SignerState;
  readonly 'signer.lock': SignerState;
  readonly 'signer.trusted': readonly CertificateView[];
  readonly 'signer.trust': readonly CertificateView[];
  readonly 'signer.distrust': readonly CertificateView[];
  readonly 'sync.start': SyncState;
  readonly 'sync.cancel': SyncState;
  readonly 'sync.pause': SyncState;
  readonly 'sync.resume': SyncState;
  readonly 'sync.state': SyncState;
  readonly 'sync.freshness': Freshness;
  readonly 'updates.list': UpdateList;
  readonly 'updates.query': FilterAnswer;
  readonly 'updates.get': UpdateDetail;
  readonly 'updates.hosts': readonly UpdateHost[];
  readonly 'updates.download': readonly DownloadTask[];
  readonly 'updates.deleteFiles': DeletedFiles;
  readonly 'index.state': IndexState;
  readonly 'index.download': DownloadTask;
  readonly 'downloads.list': DownloadList;
  readonly 'downloads.forget': { readonly forgotten: number };
  readonly 'downloads.disk': DiskState;
  readonly 'downloads.weigh': FilesWeight;
  readonly 'downloads.repositories': Repositories;
  readonly 'packages.list': PackageList;
  readonly 'packages.read': PackageContent;
  readonly 'packages.hosts': readonly PackageHost[];
  readonly 'packages.check': PublishCheck;
  readonly 'packages.publish': Published;
  readonly 'packages.delete': { readonly deleted: readonly string[]; readonly failed: readonly string[] };
  readonly 'assignment.list': Assignment;
  readonly 'assignment.preview': AssignmentPreview;
  readonly 'assignment.apply': AssignmentOutcome;
  readonly 'drafts.list': readonly Draft[];
  readonly 'drafts.save': Draft;
  readonly 'drafts.discard': null;
  readonly 'triage.list': TriageList;
  readonly 'triage.visit': TriageVisit;
  readonly 'triage.decide': null;
  readonly 'triage.snooze': null;
  /** Puts all that was decided into the draft of one package. */
  readonly 'triage.toDraft': Draft;
  readonly 'rings.list': readonly RingSet[];
  readonly 'rings.save': RingSet;
  readonly 'rings.delete': null;
  readonly 'rings.status': RingStatus;
  readonly 'rings.promote': Published;
  readonly 'builder.run': BuiltRules;
  /** The hosts and updates that a number speaks of. */
  readonly 'fleet.behind': FleetSet;
  readonly 'fleet.overview': FleetOverview;
  readonly 'fleet.trend': Trend;
  readonly 'fleet.news': FleetNews;
  /** The same, and notes that one looked. */
  readonly 'fleet.visit': FleetNews;
  readonly 'rules.forecast': RuleForecast;
  readonly 'rules.pairs': RulePairs;
  readonly 'rules.contradictions': Contradictions;
  readonly 'rules.why': Why;
  readonly 'rules.stated': Stated;
  readonly 'rules.state': Stated;
  readonly 'rules.coverage': Coverage;
  readonly 'history.versions': readonly PackageVersion[];
  readonly 'history.rules': Rules;
  readonly 'history.diff': RulesDiff;
  readonly 'history.restore': Draft;
  readonly 'hosts.list': HostList;
  readonly 'hosts.get': HostDetail;
  readonly 'hosts.updates': readonly HostUpdateRow[];
  readonly 'hosts.compare': HostComparison;
  readonly 'hosts.tasks': HostTasks;
  readonly 'actions.trigger': ActionRun;
  readonly 'actions.retry': ActionRun;
  readonly 'actions.stop': ActionRun;
  readonly 'actions.runs': readonly ActionRun[];
  readonly 'cves.files': ImportFiles;
  readonly 'cves.browse': ImportFile | null;
  readonly 'cves.import': CveSources;
  readonly 'cves.list': CveSources;
  readonly 'cves.remove': CveSources;
  readonly 'cves.audit': CveAudit;
  readonly 'cves.ofUpdate': UpdateCves;
  readonly 'failures.board': FailureBoard;
  /** What one marked as known to be bad, the newest mark first. */
  readonly 'failures.knownBad': readonly KnownBad[];
  /** Which of it some of the hosts would get next. */
  readonly 'failures.knownBadOn': readonly KnownBadOn[];
  readonly 'failures.mark': readonly KnownBad[];
  readonly 'failures.unmark': readonly KnownBad[];
  readonly 'campaigns.list': CampaignList;
  readonly 'campaigns.get': CampaignDetail;
  /** Every try of one host, oldest first. */
  readonly 'campaigns.tries': readonly CampaignTry[];
  readonly 'campaigns.save': Campaign;
  readonly 'campaigns.start': Campaign;
  readonly 'campaigns.pause': Campaign;
  readonly 'campaigns.resume': Campaign;
  /** Takes the hosts that failed or were missed once more. */
  readonly 'campaigns.retry': Campaign;
  readonly 'campaigns.cancel': Campaign;
  readonly 'campaigns.delete': null;
  readonly 'journal.list': readonly JournalEntry[];
  readonly 'journal.check': JournalState;
  readonly 'options.reported': ReportedOptionsAnswer;
  /** Writes a list as the window shows it: begin, rows in their order, finish; see `contract/schemas/exports.ts`. */
  readonly 'exports.begin': ExportBegun;
  readonly 'exports.rows': { readonly rows: number };
  readonly 'exports.finish': ExportOutcome;
  readonly 'exports.cancel': null;
}

type ReadonlyData<T> = T extends readonly (infer One)[]
  ? readonly ReadonlyData<One>[]
  : T extends object
    ? { readonly [Key in keyof T]: ReadonlyData<T[Key]> }
    : T;

/** What one passes to a call (defaults may be left out). */
export type Request<N extends CallName> = ReadonlyData<z.input<(typeof requestSchemas)[N]>>;

/** What main works with after parsing. */
export type Parsed<N extends CallName> = z.output<(typeof requestSchemas)[N]>;

/** What a call resolves to; it never rejects for an expected reason. */
export type Answer<N extends CallName> = Result<Answers[N], ConsoleError>;
