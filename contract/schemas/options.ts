import type { ReportingHost } from '../../domain/reported-options.ts';
import type { Freshness } from './common.ts';

/** The Windows hosts with the options that each of them reports of its agent; most say little (protocol 2.3). */
export interface ReportedOptionsAnswer {
  readonly hosts: readonly (ReportingHost & { readonly groups: readonly string[] })[];
  readonly freshness: Freshness;
}
