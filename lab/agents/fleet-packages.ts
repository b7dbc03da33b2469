import { readFileSync } from 'node:fs';
import { buildPackage, type ControlFields, formatRulesFile, readSigner, type Signer } from '../../wapt/index.ts';
import type { DemonstrationSigner } from '../server/certificates.ts';
import type { Repository } from '../server/repository.ts';
import { departments, slug } from './places.ts';
import type { HostProfile, LabGroups } from './profile.ts';
import type { RuleLists } from './rules.ts';

type FirstRules = Readonly<Record<string, { readonly description: string; readonly rules: RuleLists }>>;

/** The rule packages of the departments of a large lab. */
const departmentRules = (): FirstRules =>
  Object.fromEntries(
    departments.map((name, place) => [
      `lab-wua-dept-${slug(name)}`,
      {
        description: `Windows Updates allowed in ${name}`,
        rules: {
          allowed_classifications: place % 2 === 0 ? ['Critical Updates', 'Mises à jour critiques'] : [],
          allowed_products: place % 3 === 0 ? ['Microsoft Edge', 'OneDrive'] : ['Microsoft Edge'],
          allowed_severities: place % 4 === 0 ? ['Critical'] : [],
          forbidden_kbs: Array.from({ length: 6 }, (_, n) => `KB${6_000_000 + place * 997 + n * 1013}`),
        },
      },
    ]),
  );

/** The rule packages that a new lab has: what most hosts of each kind are allowed. */
const firstRules: FirstRules = {
  'lab-wua-desktops': {
    description: 'Windows Updates allowed on desktops and laptops',
    rules: {
      allowed_classifications: [
        'Security Updates',
        'Mises à jour de la sécurité',
        'Definition Updates',
        'Mises à jour de définitions',
      ],
      allowed_kbs: ['KB890830'],
      forbidden_kbs: ['KB3012973'],
    },
  },
  'lab-wua-servers': {
    description: 'Windows Updates allowed on servers',
    rules: {
      allowed_severities: ['Critical', 'Important'],
      allowed_kbs: ['KB2267602', 'KB890830'],
      forbidden_kbs: ['KB5012170'],
    },
  },
};

const common = {
  version: '1',
  architecture: 'all',
  priority: 'critical',
  maintainer: 'lab.signer',
  target_os: 'windows',
  min_wapt_version: '1.7.3',
  maturity: 'PROD',
};

const opened = (files: DemonstrationSigner): Signer =>
  readSigner({
    certificatePem: readFileSync(files.certificateFile, 'utf8'),
    keyPem: readFileSync(files.keyFile, 'utf8'),
    passphrase: files.passphrase,
  });

/** The package that a host had from the beginning: it puts the host into its groups. Null for a host in none. */
export async function firstHostPackage(
  profile: HostProfile,
  signerFiles: DemonstrationSigner,
  created: number,
): Promise<Buffer | null> {
  if (profile.groups.length === 0) return null;
  const built = await buildPackage({
    control: {
      package: profile.uuid,
      version: '1',
      section: 'host',
      maintainer: 'lab.signer',
      name: profile.fqdn,
      description: profile.fqdn,
      depends: profile.groups.join(','),
    },
    files: {},
    signer: opened(signerFiles),
    now: new Date(created - 20 * 86_400_000),
  });
  return built.bytes;
}

/** Builds, signs and publishes the groups of the lab and their first rule packages; the controls as the index has them. */
export async function publishFirstPackages(
  repository: Repository,
  signerFiles: DemonstrationSigner,
  created: number,
  groups: LabGroups,
): Promise<readonly { readonly control: ControlFields; readonly rules: RuleLists | null }[]> {
  const signer = opened(signerFiles);
  const published: { control: ControlFields; rules: RuleLists | null }[] = [];
  const now = new Date(created - 20 * 86_400_000);
  for (const [name, { description, rules }] of Object.entries({
    ...firstRules,
    ...('lab-dept-sales' in groups ? departmentRules() : {}),
  })) {
    const file = Buffer.from(formatRulesFile(rules as Parameters<typeof formatRulesFile>[0]), 'utf8');
    const built = await buildPackage({
      control: { ...common, package: name, section: 'wsus', name, description },
      files: { 'WAPT/waptwua_rules.json': file, 'WAPT/persistent/waptwua_rules.json': file },
      signer,
      now,
    });
    published.push({ control: (await repository.add(built.bytes, built.control)).control, rules });
  }
  for (const [name, depends] of Object.entries(groups)) {
    const built = await buildPackage({
      control: {
        ...common,
        package: name,
        section: 'group',
        name,
        description: `Hosts of ${name}`,
        depends: depends.join(','),
      },
      files: {},
      signer,
      now,
    });
    published.push({ control: (await repository.add(built.bytes, built.control)).control, rules: null });
  }
  return published;
}
