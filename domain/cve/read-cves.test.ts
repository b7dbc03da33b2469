import { describe, expect, it } from 'vitest';
import type { Result } from '../result.ts';
import type { CveFault, CveTable } from './cve-table.ts';
import { cvesIn, dayOf, kbsIn } from './cve-table.ts';
import { readCves } from './read-cves.ts';

const read = (text: string): CveTable => {
  const answer: Result<CveTable, CveFault> = readCves(text);
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  return answer.value;
};
const pairs = (text: string) => read(text).fixes.map(({ cve, kb }) => `${cve} ${kb}`);

const guide = [
  'Release date,Product,Platform,Impact,Max Severity,Article,Article (Link),Supercedence,Download,Build Number,Details,Details (Link)',
  '"Sep 10, 2024","Windows 11 Version 24H2 for x64-based Systems","","Elevation of Privilege","Important","5043080","https://support.microsoft.com/help/5043080","5041571","Security Update","10.0.26100.1742","CVE-2024-38014","https://msrc.microsoft.com/update-guide/vulnerability/CVE-2024-38014"',
  '"Sep 10, 2024","Microsoft 365 Apps, ""Current""","","Remote Code Execution","Critical","Click to Run","https://aka.ms/OfficeSecurityReleases","","Security Update","https://aka.ms","CVE-2024-38226",""',
  '"Sep 10, 2024","x","","","","ADV","","","","","ADV240001",""',
].join('\r\n');

const cvrf = {
  DocumentTracking: { InitialReleaseDate: '2024-09-10T07:00:00Z' },
  Vulnerability: [
    {
      CVE: 'CVE-2024-38014',
      Threats: [
        { Type: 3, Description: { Value: 'Important' } },
        { Type: 0, Description: { Value: 'Elevation of Privilege' } },
        { Type: 3, Description: { Value: 'Critical' } },
      ],
      Remediations: [
        { Type: 2, Description: { Value: '5043080' }, SubType: 'Security Update', Supercedence: '5041571, 5040000' },
        { Type: 5, Description: { Value: '5099999' }, SubType: 'Known Issue' },
        { Type: 2, Description: { Value: 'Release Notes' } },
      ],
    },
    { CVE: 'CVE-2024-1', Remediations: [] },
    { CVE: 'CVE-2024-38200', Remediations: [{ Type: 1, Description: { Value: 'Mitigation' } }] },
    null,
  ],
};

const xml = `<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE x [<!ENTITY a "aaaa">]>
<cvrf:cvrfdoc xmlns:cvrf="http://docs.oasis-open.org/csaf/ns/csaf-cvrf/v1.2/cvrf">
  <cvrf:DocumentTracking><cvrf:InitialReleaseDate>2024-09-10T07:00:00</cvrf:InitialReleaseDate></cvrf:DocumentTracking>
  <vuln:Vulnerability Ordinal="1">
    <vuln:CVE>CVE-2024-38014</vuln:CVE>
    <vuln:Threats><vuln:Threat Type="Severity"><vuln:Description>Important</vuln:Description></vuln:Threat></vuln:Threats>
    <vuln:Remediations>
      <vuln:Remediation Type="Vendor Fix"><vuln:Description>5043080</vuln:Description><vuln:Supercedence>5041571</vuln:Supercedence></vuln:Remediation>
      <vuln:Remediation Type="Workaround"><vuln:Description>5099999</vuln:Description></vuln:Remediation>
    </vuln:Remediations>
  </vuln:Vulnerability>
</cvrf:cvrfdoc>`;

describe('a file of CVEs and KBs', () => {
  it('is read in our own form of a table', () => {
    const table = read(
      'cve,kb,released,severity\nCVE-2024-38014,KB5043080,2024-09-10,Important\ncve-2024-38014,5043064,,\n',
    );
    expect(table).toEqual({
      format: 'csv',
      fixes: [
        { cve: 'CVE-2024-38014', kb: '5043080', released: '2024-09-10', severity: 'Important' },
        { cve: 'CVE-2024-38014', kb: '5043064', released: null, severity: null },
      ],
      successions: [],
      rows: 2,
      skipped: 0,
      firstSkipped: null,
    });
  });

  it.each([
    ['semicolons', 'CVE;KB\nCVE-2024-38014;5043080;\n'],
    ['tabs', 'cve\tkb\nCVE-2024-38014\t5043080'],
    ['a word of Excel', 'sep=;\r\n"CVE ID";"KBs"\r\n"CVE-2024-38014";"KB5043080"\r\n'],
    ['empty lines before', '\n\n kb , cve \n5043080,CVE-2024-38014\n\n'],
    ['old line endings', 'cve,kb\rCVE-2024-38014,5043080\r'],
    ['a quoted line break', 'note,cve,kb\n"two\nlines",CVE-2024-38014,5043080'],
  ])('is read with %s', (_what, text) => expect(pairs(text)).toEqual(['CVE-2024-38014 5043080']));

  it('is read in Microsoft’s export: fixes without a KB are kept as such, advisories left out', () => {
    const table = read(guide);
    expect(table).toMatchObject({ format: 'msrc-csv', rows: 2, skipped: 1, firstSkipped: 4 });
    expect(table.fixes).toEqual([
      { cve: 'CVE-2024-38014', kb: '5043080', released: '2024-09-10', severity: 'Important' },
      { cve: 'CVE-2024-38226', kb: '', released: '2024-09-10', severity: 'Critical' },
    ]);
    expect(table.successions).toEqual([{ kb: '5043080', older: '5041571' }]);
  });

  it('is read as a CVRF document, vendor fixes only', () => {
    const table = read(JSON.stringify(cvrf));
    expect(table.format).toBe('cvrf-json');
    expect(table.fixes).toEqual([
      { cve: 'CVE-2024-38014', kb: '5043080', released: '2024-09-10', severity: 'Critical' },
      { cve: 'CVE-2024-38014', kb: '', released: '2024-09-10', severity: 'Critical' },
      { cve: 'CVE-2024-38200', kb: '', released: '2024-09-10', severity: null },
    ]);
    expect(table.successions).toEqual([
      { kb: '5043080', older: '5041571' },
      { kb: '5043080', older: '5040000' },
    ]);
    expect(table.skipped).toBe(2);
  });

  it('is read as a CVRF document in XML, without expanding anything', () => {
    expect(read(xml)).toMatchObject({
      format: 'cvrf-xml',
      fixes: [{ cve: 'CVE-2024-38014', kb: '5043080', released: '2024-09-10', severity: 'Important' }],
      successions: [{ kb: '5043080', older: '5041571' }],
    });
  });

  it('is read in our own form of JSON', () => {
    const own = {
      cves: [{ cve: 'CVE-2024-38014', kbs: ['KB5043080', 5043064] }, { cve: 'none' }],
      supersedes: [{ kb: 'KB5044284', replaces: ['KB5043080'] }],
    };
    expect(pairs(JSON.stringify(own))).toEqual(['CVE-2024-38014 5043080', 'CVE-2024-38014 5043064']);
    expect(read(JSON.stringify(own)).successions).toEqual([{ kb: '5044284', older: '5043080' }]);
    expect(pairs('[{"cve":"CVE-2024-38014","kb":"5043080"}]')).toEqual(['CVE-2024-38014 5043080']);
  });

  it.each<[string, string, CveFault]>([
    ['nothing', ' \n\t', { reason: 'empty', line: null }],
    ['another table', 'name,age\nx,1\n', { reason: 'columns', line: 1 }],
    ['a letter', 'Dear Sir or Madam', { reason: 'columns', line: 1 }],
    ['a table without a CVE', 'cve,kb\n,5043080\nnone,1\n', { reason: 'no-cve', line: 2 }],
    ['a header alone', 'cve,kb\n', { reason: 'no-cve', line: null }],
    ['an open quote', 'cve,kb\nCVE-2024-38014,5043080\n"CVE-2024-38015,5043081\n', { reason: 'quote', line: 3 }],
    ['JSON of something else', '{"hosts":[]}', { reason: 'columns', line: null }],
    ['JSON without a CVE', '{"Vulnerability":[]}', { reason: 'no-cve', line: null }],
    ['HTML', '<html><body>Sign in</body></html>', { reason: 'xml', line: 1 }],
    ['XML that was cut off', xml.slice(0, xml.indexOf('</vuln:Remediations>')), { reason: 'xml', line: 5 }],
  ])('is refused when it is %s', (_what, text, fault) => {
    expect(readCves(text)).toEqual({ ok: false, error: fault });
  });

  it('is refused with the line where JSON breaks', () => {
    expect(readCves('{\n"cves": [\n{"cve": x}')).toMatchObject({ ok: false, error: { reason: 'json', line: 3 } });
  });

  it('takes no longer than its length, whatever it holds', () => {
    const n = 200_000;
    expect(readCves(`cve,kb\n${'"'.repeat(n)}`).ok).toBe(false);
    expect(readCves(`<a>${'<vuln:Vulnerability '.repeat(n / 10)}`).ok).toBe(false);
    expect(readCves(`<Vulnerability>${'<Remediation>'.repeat(n / 10)}</Vulnerability>`).ok).toBe(false);
    expect(readCves(`${'['.repeat(5_000)}`).ok).toBe(false);
    expect(readCves(`cve,kb\n${'CVE-2024-'.repeat(n / 10)},1`).ok).toBe(false);
  });
});

describe('what stands in a text', () => {
  it('are CVEs', () => {
    expect(cvesIn('cve-2024-38014, CVE-2024-38014;CVE-2021-44228 CVE-24-1 XCVE-2024-11111')).toEqual([
      'CVE-2024-38014',
      'CVE-2021-44228',
    ]);
  });
  it.each([
    ['KB5043080', ['5043080']],
    ['5043080; kb 890830', ['5043080', '890830']],
    ['Release Notes', []],
    ['10.0.26100.1742', []],
    ['https://support.microsoft.com/help/5043080', ['5043080']],
    ['123', []],
    ['20240910123456', []],
  ])('are KBs: %s', (text, kbs) => expect(kbsIn(text)).toEqual(kbs));
  it.each([
    ['2024-09-10T07:00:00Z', '2024-09-10'],
    ['Sep 10, 2024', '2024-09-10'],
    ['September 3, 2024', '2024-09-03'],
    ['10/09/2024', null],
    ['2024-13-40', null],
    ['', null],
  ])('are days: %s', (text, day) => expect(dayOf(text)).toBe(day));
});
