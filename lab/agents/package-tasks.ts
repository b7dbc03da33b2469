import { createHash } from 'node:crypto';
import {
  type ControlFields,
  comparePackages,
  controlText,
  FormatError,
  findRules,
  parseRulesFile,
  verifyPackage,
} from '../../wapt/index.ts';
import { isoMicroseconds, second } from '../clock.ts';
import { type Memory, pushPackages, type World } from './memory.ts';
import type { RuleLists } from './rules.ts';
import type { InstalledPackage } from './state.ts';
import type { TaskContext, TaskOutcome } from './task-queue.ts';

/** A package as WAPT writes a requirement of exactly it. */
const labelOf = (control: ControlFields): string =>
  `${controlText(control, 'package')}(=${controlText(control, 'version')})`;

const names = (control: ControlFields): string[] =>
  String(control['depends'] ?? '')
    .split(',')
    .map((part) => part.replace(/\(.*$/, '').trim())
    .filter((part) => part !== '');

/** The newest record of a package that the host may see: its maturity decides (protocol 5.10). */
function newestVisible(world: World, memory: Memory, name: string): ControlFields | null {
  const visible = world.repository
    .records()
    .filter(
      (record) =>
        record['package'] === name && memory.profile.maturities.includes(String(record['maturity'] || 'PROD')),
    );
  return visible.reduce<ControlFields | null>(
    (best, record) => (best === null || comparePackages(best, record) < 0 ? record : best),
    null,
  );
}

/** Packages that reach a host by where the directory has it: of its units, and of its directory groups (protocol 5.5). */
function impliedNames(world: World, { profile }: Memory): string[] {
  const parts = profile.unit.split(',');
  const units = new Set(parts.map((_, from) => parts.slice(from).join(',').toLowerCase()));
  const directory = new Set(profile.groups.map((group) => `wapt_${group}`));
  return world.repository.records().flatMap((record) => {
    const name = controlText(record, 'package');
    const isOwn =
      (record['section'] === 'unit' && units.has(name.toLowerCase())) ||
      (record['section'] === 'profile' && directory.has(name.toLowerCase()));
    return isOwn ? [name] : [];
  });
}

/** What the host's own package asks for: the one it has accepted, else what it was set up with. */
function ownNames({ profile, state }: Memory): readonly string[] {
  const own = state().packages.find((one) => one.section === 'host');
  return own === undefined ? profile.groups : names(own.control);
}

/**
 * What a host should have: what its own package and its place in the directory ask for, what these depend on, and what was asked for by name; and
 * the names that nobody published.
 */
export function wantedPackages(
  world: World,
  memory: Memory,
): { readonly records: readonly ControlFields[]; readonly missing: readonly string[] } {
  const records = new Map<string, ControlFields>();
  const missing = new Set<string>();
  const visit = (name: string): void => {
    if (records.has(name) || missing.has(name)) return;
    const record = newestVisible(world, memory, name);
    if (record === null) {
      missing.add(name);
      return;
    }
    records.set(name, record);
    for (const dependency of names(record)) visit(dependency);
  };
  for (const name of [...ownNames(memory), ...impliedNames(world, memory), ...memory.state().wanted]) visit(name);
  return { records: [...records.values()], missing: [...missing] };
}

/** Records that are newer than what the host has (or that it has not), refused ones of the same file left out. */
export function pendingPackages(world: World, memory: Memory, refused: ReadonlySet<string>): readonly ControlFields[] {
  const installed = new Map(memory.state().packages.map((one) => [one.package, one]));
  const own = world.hostPackages.record(memory.profile.uuid);
  return [...(own === null ? [] : [own]), ...wantedPackages(world, memory).records].filter((record) => {
    if (refused.has(fileKey(record))) return false;
    const present = installed.get(String(record['package']));
    return present === undefined || comparePackages(present.control, record) < 0;
  });
}

// A host's package keeps its file name, so only its hash tells one version from the next.
const fileKey = (record: ControlFields): string =>
  [controlText(record, 'filename'), ...(record['section'] === 'host' ? [controlText(record, 'md5sum')] : [])].join(' ');

const readRules = (files: ReadonlyMap<string, Buffer>): RuleLists | null => {
  const found = findRules(files);
  return found === null ? null : parseRulesFile(found.text);
};

/** Installs one package after the checks of the agent (protocol 5.10); the refusal as its log would name it, or null. */
async function installOne(
  world: World,
  memory: Memory,
  record: ControlFields,
  trusted: readonly string[],
  by: string | null,
): Promise<string | null> {
  const bytes =
    record['section'] === 'host'
      ? world.hostPackages.read(memory.profile.uuid)
      : world.repository.read(String(record['filename']));
  if (bytes === null) return 'EWaptDownloadError: 404 Not Found';
  if (createHash('md5').update(bytes).digest('hex') !== record['md5sum'])
    return 'EWaptDownloadError: md5 of the file does not match the index';
  const verified = await verifyPackage(bytes, { trusted, now: world.clock.date() });
  if (!verified.ok) return `Refused: ${verified.error.code}`;
  const { control, files } = verified.value;
  let rules: RuleLists | null;
  try {
    rules = control['section'] === 'wsus' ? (readRules(files) ?? {}) : null;
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return `Refused: ${error.code}`;
  }
  const installed: InstalledPackage = {
    package: String(control['package']),
    version: String(control['version']),
    section: String(control['section']),
    packageUuid: String(control['package_uuid']),
    signatureDate: String(control['signature_date']),
    control,
    rules,
    installDate: isoMicroseconds(world.clock.now()),
    explicitBy: by,
    status: 'OK',
    output: '',
  };
  const others = memory.state().packages.filter((one) => one.package !== installed.package);
  memory.change({ packages: [...others, installed] });
  return null;
}

/** What installing told: names of packages that were refused, with why, and whether the rules of the host changed. */
export type InstallReport = { readonly refused: ReadonlyMap<string, string>; readonly rulesChanged: boolean };

/** Installs records one after the other and reports them. */
export async function installRecords(
  world: World,
  memory: Memory,
  records: readonly ControlFields[],
  trusted: readonly string[],
  by: string | null,
  context: TaskContext,
): Promise<InstallReport> {
  const refused = new Map<string, string>();
  let rulesChanged = false;
  for (const [place, record] of records.entries()) {
    const label = labelOf(record);
    context.log(`Installing ${label}`);
    await context.work(0.8 * second, (100 * place) / records.length, (100 * (place + 1)) / records.length);
    const refusal = await installOne(world, memory, record, trusted, by);
    if (refusal === null) rulesChanged = rulesChanged || record['section'] === 'wsus';
    else {
      context.log(`${label}: ${refusal}`);
      refused.set(fileKey(record), refusal);
    }
  }
  const errors = records.filter((record) => refused.has(fileKey(record))).map((record) => labelOf(record));
  pushPackages(world, memory, wantedPackages(world, memory).missing, errors);
  return { refused, rulesChanged };
}

/** Installs what is newer or missing: the host's own package first, since it says what else the host should have. */
export async function upgradePackages(
  world: World,
  memory: Memory,
  refused: ReadonlySet<string>,
  trusted: readonly string[],
  context: TaskContext,
): Promise<InstallReport & { readonly count: number }> {
  const own = pendingPackages(world, memory, refused).filter((record) => record['section'] === 'host');
  const first = await installRecords(world, memory, own, trusted, null, context);
  const rest = pendingPackages(world, memory, new Set([...refused, ...first.refused.keys()]));
  const second = await installRecords(world, memory, rest, trusted, null, context);
  return {
    count: own.length + rest.length,
    refused: new Map([...first.refused, ...second.refused]),
    rulesChanged: second.rulesChanged,
  };
}

/** The outcome of a task that installed packages. */
export const installOutcome = (count: number, report: InstallReport): TaskOutcome =>
  report.refused.size === 0
    ? { summary: count === 0 ? 'Nothing to upgrade' : `${count} packages installed`, failed: false }
    : { summary: [...report.refused].map(([file, why]) => `${file}: ${why}`).join('; '), failed: true };
