import { z } from 'zod';
import type { CveFormat } from '../../domain/cve/cve-table.ts';
import { EXPOSURES, type Exposure } from '../../domain/cve/exposure.ts';
import { type Freshness, opaqueId, updateId } from './common.ts';

/** A file that could be imported; its path and content stay in main. */
export interface ImportFile {
  readonly id: string;
  /** File name without folder. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** ISO with zone. */
  readonly modifiedOn: string;
}

/** The files that lie in the folder for imports, newest first. */
export interface ImportFiles {
  /** Where one puts them. */
  readonly folder: string;
  readonly files: readonly ImportFile[];
}

export const importRequest = z.strictObject({ fileId: opaqueId });

/** A file of CVEs and KBs that was imported. */
export interface CveSource {
  readonly id: number;
  readonly name: string;
  readonly format: CveFormat;
  /** ISO with zone. */
  readonly importedOn: string;
  /** Records that were read, and those without a CVE. */
  readonly rows: number;
  readonly skipped: number;
  readonly cves: number;
  readonly kbs: number;
  /** The newest day that the file speaks of. */
  readonly newest: string | null;
}

/** What is known of CVEs. */
export interface CveSources {
  readonly sources: readonly CveSource[];
  /** CVEs that the files and the server name, each once. */
  readonly cves: number;
  /** Updates of which the server itself says what they fix. */
  readonly reported: number;
  readonly freshness: Freshness;
}

export const cveSourceRef = z.strictObject({ sourceId: z.int().min(1) });

const cve = z.string().regex(/^CVE-\d{4}-\d{4,7}$/);

const cveList = z.array(cve).min(1).max(500);

export const auditRequest = z.strictObject({ cves: cveList });

/** Hosts by how they stand; Windows hosts, each in one. `stale` are those of `no-data` that were not scanned in time. */
export type ExposureCounts = Readonly<Record<Exposure, number>> & { readonly stale: number };

/** One CVE of a list. */
export interface CveLine {
  readonly cve: string;
  /** Whether a file or the server names it at all. */
  readonly isKnown: boolean;
  /** Bare numbers. */
  readonly kbs: readonly string[];
  /** A fix without a KB is named, which no host reports. */
  readonly hasOther: boolean;
  readonly released: string | null;
  readonly severity: string | null;
  /** Updates that fix it, and those that contain it because they replace one of them. */
  readonly fixes: number;
  readonly bySupersedence: number;
  readonly hosts: ExposureCounts;
}

/** An update that fixes some of the CVEs of a list. */
export interface CveUpdate {
  readonly updateId: string;
  readonly title: string;
  readonly kbids: readonly string[];
  /** CVEs of the list. */
  readonly cves: number;
  /** It fixes them only because it replaces an update that does. */
  readonly isBySupersedence: boolean;
  /** Affected hosts that it would put right. */
  readonly hosts: number;
}

/** How the fleet stands with a list of CVEs. */
export interface CveAudit {
  readonly lines: readonly CveLine[];
  /** Each host once, in the gravest of its states. */
  readonly hosts: ExposureCounts;
  readonly hostCount: number;
  /** What to allow, most hosts first. */
  readonly updates: readonly CveUpdate[];
  readonly freshness: Freshness;
}

export const cveWhere = z.strictObject({
  kind: z.literal('cve'),
  cves: cveList,
  /** Null: all hosts, and all updates that fix it. */
  exposure: z.enum(EXPOSURES).nullable(),
  /** Only the updates that fix one of them themselves, or only those that contain a fix. */
  how: z.enum(['fixes', 'by-supersedence']).optional(),
  /** Only the affected hosts that this update would put right. */
  updateId: updateId.optional(),
});

export const cvesOfUpdate = z.strictObject({ updateId });

/** The CVEs that an update fixes. */
export interface UpdateCves {
  /** By its own KBs, or because the server says so. */
  readonly direct: readonly string[];
  /** Because it replaces updates that fix them. */
  readonly bySupersedence: readonly string[];
  /** Whether any file was imported or the server names CVEs: else nothing is known. */
  readonly hasData: boolean;
}
