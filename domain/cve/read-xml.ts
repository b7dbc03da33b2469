/**
 * CVEs in Microsoft's CVRF documents in XML. Only the few elements that matter are looked for, one after the other: nothing is expanded, nothing outside the
 * file is read, and no document takes longer than its length.
 */
import { cvesIn, dayOf, type Gathered, kbsIn } from './cve-table.ts';
import { gravest } from './read-json.ts';

interface Element {
  /** Attributes as they stand. */
  readonly attributes: string;
  readonly content: string;
  readonly at: number;
}

/** The elements of a name, whatever their prefix, that do not hold each other. A position stands for one that never ends. */
function* elements(text: string, name: string): Generator<Element | number> {
  const opening = new RegExp(`<(\\w+:)?${name}(\\s[^<>]*)?>`, 'g');
  for (let found = opening.exec(text); found !== null; found = opening.exec(text)) {
    const [whole, prefix = '', attributes = ''] = found;
    const from = found.index + whole.length;
    if (attributes.endsWith('/')) continue;
    const end = text.indexOf(`</${prefix}${name}>`, from);
    if (end < 0) {
      yield found.index;
      return;
    }
    yield { attributes, content: text.slice(from, end), at: found.index };
    opening.lastIndex = end;
  }
}

const texts = (text: string, name: string): readonly string[] =>
  [...elements(text, name)].flatMap((each) => (typeof each === 'number' ? [] : [each.content.trim()]));

const isFix = (attributes: string): boolean => {
  const type = /\bType\s*=\s*["']([^"']*)["']/i.exec(attributes)?.[1];
  return type === undefined || /^(2|vendor ?fix)$/i.test(type);
};

/** Reads a CVRF document; null when it was read, else the position of what never ends, or of the beginning where it is none. */
export function readCvrfXml(text: string, gathered: Gathered): number | null {
  let hasAny = false;
  const [released = ''] = texts(text.slice(0, 20_000), 'InitialReleaseDate');
  for (const vulnerability of elements(text, 'Vulnerability')) {
    if (typeof vulnerability === 'number') return vulnerability;
    hasAny = true;
    const { content } = vulnerability;
    const facts = {
      released: dayOf(released),
      severity: gravest(texts(content, 'Threat').flatMap((threat) => texts(threat, 'Description'))),
    };
    const cves = cvesIn(texts(content, 'CVE').join(' '));
    let hasFix = false;
    for (const remediation of elements(content, 'Remediation')) {
      if (typeof remediation === 'number') return vulnerability.at + remediation;
      if (!isFix(remediation.attributes)) continue;
      hasFix = true;
      const kbs = kbsIn(texts(remediation.content, 'Description').join(' '));
      gathered.add(null, cves, kbs, facts);
      gathered.succeed(kbs, kbsIn(texts(remediation.content, 'Supercedence').join(' ')));
    }
    if (!hasFix) gathered.add(null, cves, [], facts);
    if (gathered.isTooMany) return null;
  }
  return hasAny ? null : 0;
}
