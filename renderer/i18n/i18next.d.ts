import 'i18next';
import type { en as campaigns } from '../features/campaigns/words/en.ts';
import type { en as cves } from '../features/cves/words/en.ts';
import type { en as downloads } from '../features/downloads/words/en.ts';
import type { en as knownBad } from '../features/failures/known-bad/words/en.ts';
import type { en as failures } from '../features/failures/words/en.ts';
import type { en as hosts } from '../features/hosts/words/en.ts';
import type { en as journal } from '../features/journal/words/en.ts';
import type { en as options } from '../features/options/words/en.ts';
import type { en as overview } from '../features/overview/words/en.ts';
import type { en as assignment } from '../features/packages/assignment/words/en.ts';
import type { en as builder } from '../features/packages/builder/words/en.ts';
import type { en as forecast } from '../features/packages/forecast/words/en.ts';
import type { en as history } from '../features/packages/history/words/en.ts';
import type { en as packages } from '../features/packages/words/en.ts';
import type { en as rings } from '../features/rings/words/en.ts';
import type { en as session } from '../features/session/words/en.ts';
import type { en as signer } from '../features/signer/words/en.ts';
import type { en as triage } from '../features/triage/words/en.ts';
import type { en as updates } from '../features/updates/words/en.ts';
import type { en as where } from '../features/where/words/en.ts';
import type { en as why } from '../features/why/words/en.ts';
import type { en as common } from './words/en.ts';
import type { en as errors } from './words/errors-en.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    returnNull: false;
    resources: {
      common: typeof common;
      errors: typeof errors;
      session: typeof session;
      signer: typeof signer;
      updates: typeof updates;
      campaigns: typeof campaigns;
      downloads: typeof downloads;
      journal: typeof journal;
      options: typeof options;
      history: typeof history;
      overview: typeof overview;
      packages: typeof packages;
      builder: typeof builder;
      triage: typeof triage;
      rings: typeof rings;
      assignment: typeof assignment;
      cves: typeof cves;
      failures: typeof failures;
      knownBad: typeof knownBad;
      hosts: typeof hosts;
      forecast: typeof forecast;
      where: typeof where;
      why: typeof why;
    };
  }
}
