/** CVEs in JSON: Microsoft's CVRF documents, and our own form. */
import { cvesIn, dayOf, type Gathered, kbsIn } from './cve-table.ts';

type Fields = Readonly<Record<string, unknown>>;

const fields = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
/** `{Value: 'x'}` as these documents write a text. */
const valueOf = (value: unknown): string => text(fields(value)['Value']) || text(value);

const RANKS = ['Low', 'Moderate', 'Important', 'Critical'];

/** The gravest of the severities that a vulnerability has for its products. */
export function gravest(severities: readonly string[]): string | null {
  const rank = Math.max(...severities.map((each) => RANKS.indexOf(each)), -1);
  return RANKS[rank] ?? null;
}

/** Vendor fixes are of type 2, or say so. */
const isFix = (type: unknown): boolean => type === undefined || type === 2 || /^(2|vendor ?fix)$/i.test(text(type));

/** Reads a CVRF document; false where it is none. */
export function readCvrfJson(value: unknown, gathered: Gathered): boolean {
  const document = fields(value);
  if (!Array.isArray(document['Vulnerability'])) return false;
  const tracking = fields(document['DocumentTracking']);
  const released = dayOf(valueOf(tracking['InitialReleaseDate']));
  for (const each of document['Vulnerability']) {
    const vulnerability = fields(each);
    const cves = cvesIn(text(vulnerability['CVE']));
    const severity = gravest(list(vulnerability['Threats']).map((threat) => valueOf(fields(threat)['Description'])));
    const fixes = list(vulnerability['Remediations'])
      .map(fields)
      .filter((remediation) => isFix(remediation['Type']));
    if (fixes.length === 0) gathered.add(null, cves, [], { released, severity });
    for (const fix of fixes) {
      const kbs = kbsIn(valueOf(fix['Description']));
      gathered.add(null, cves, kbs, { released, severity });
      gathered.succeed(kbs, kbsIn(valueOf(fix['Supercedence'])));
    }
    if (gathered.isTooMany) return true;
  }
  return true;
}

const textsOf = (value: unknown): string => (Array.isArray(value) ? value.map(text).join(' ') : text(value));

/** Reads our own form: `{cves: [{cve, kbs, released, severity}], supersedes: [{kb, replaces}]}`, or the list alone; false where it is none. */
export function readOwnJson(value: unknown, gathered: Gathered): boolean {
  const whole = fields(value);
  const entries = Array.isArray(value) ? value : whole['cves'];
  if (!Array.isArray(entries)) return false;
  for (const each of entries) {
    const entry = fields(each);
    const cve = cvesIn(textsOf(entry['cve'] ?? entry['cves']));
    gathered.add(null, cve, kbsIn(textsOf(entry['kbs'] ?? entry['kb'])), {
      released: dayOf(text(entry['released'])),
      severity: text(entry['severity']).slice(0, 40) || null,
    });
    if (gathered.isTooMany) return true;
  }
  for (const each of list(whole['supersedes'])) {
    const { kb, replaces } = fields(each);
    gathered.succeed(kbsIn(textsOf(kb)), kbsIn(textsOf(replaces)));
  }
  return true;
}
