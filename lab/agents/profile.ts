import type { Family, Language, Trait } from '../origin/catalogue.ts';
import { families } from '../origin/catalogue.ts';
import type { Line } from '../origin/lines.ts';
import { type Random, seededRandom } from '../random.ts';
import { smallFleet } from '../sizes.ts';
import type { Oddity } from './odd.ts';
import { departments, editionsOf, fewSites, manySites, type Site, slug } from './places.ts';
import { type LabRepository, repositoryFor } from './repositories.ts';

/** The `[waptwua]` section of an agent's ini, and the few `[global]` keys that matter (protocol 7.1). */
export type AgentOptions = {
  readonly enabled: boolean;
  readonly default_allow: boolean;
  readonly allow_direct_download: boolean;
  readonly download_scheduling: string | null;
  readonly install_scheduling: string | null;
  readonly install_at_shutdown: boolean;
  readonly install_delay: string | null;
  readonly allowed_severities: readonly string[];
};

/** What makes a host unlike the others. */
export type Behaviour =
  | 'ordinary'
  /** Reported once, not connected now. */
  | 'offline'
  /** Its installations end in `failure`. */
  | 'failing'
  /** Connected, but never scanned. */
  | 'never-scanned'
  /** Last seen weeks ago. */
  | 'gone'
  /** Trusts another administrator's signer only: drops our actions and packages, silently. */
  | 'other-signer'
  /** An agent of 1.5: cannot verify today's signatures, has no task list. */
  | 'old-agent';

/** A simulated host as it was set up: nothing in here changes while the lab runs. */
export type HostProfile = {
  readonly uuid: string;
  readonly name: string;
  readonly fqdn: string;
  readonly description: string;
  readonly family: Family;
  readonly language: Language;
  readonly site: string;
  readonly unit: string;
  readonly groups: readonly string[];
  readonly traits: readonly Trait[];
  /** Further products that are on it, by the names of their series of updates. */
  readonly lines: readonly string[];
  readonly behaviour: Behaviour;
  readonly oddity: Oddity | null;
  /** Code with which installations fail on a failing host. */
  readonly failure: string | null;
  /** Code with which one more update failed before the lab began. */
  readonly otherFailure: string | null;
  readonly options: AgentOptions;
  readonly repository: LabRepository;
  readonly maturities: readonly string[];
  readonly user: string;
  readonly ip: string;
  readonly mac: string;
  readonly serial: string;
  readonly maker: string;
  readonly model: string;
  readonly osName: string;
  readonly osVersion: string;
};

/** Groups that a lab's hosts belong to, and the rule packages that each group depends on. */
export type LabGroups = Readonly<Record<string, readonly string[]>>;

const departmentGroup = (department: string): string => `lab-dept-${slug(department)}`;
const siteGroup = (site: Site): string => `lab-site-${slug(site.name)}`;

/** The groups of a lab of so many hosts. */
export const labGroups = (count: number): LabGroups => ({
  'lab-desktops': ['lab-wua-desktops'],
  'lab-servers': ['lab-wua-servers'],
  'lab-pilot': ['lab-wua-pilot'],
  ...(count <= smallFleet
    ? {}
    : {
        ...Object.fromEntries(departments.map((name) => [departmentGroup(name), [`lab-wua-dept-${slug(name)}`]])),
        ...Object.fromEntries(manySites.map((site) => [siteGroup(site), []])),
      }),
});

const systems: Readonly<
  Record<
    Family,
    {
      readonly fr: string;
      readonly en: string;
      readonly version: string;
      readonly share: number;
      readonly server: boolean;
    }
  >
> = {
  'windows-10-22h2': {
    fr: 'Microsoft Windows 10 Professionnel',
    en: 'Microsoft Windows 10 Pro',
    version: '10.0.19045',
    share: 0.28,
    server: false,
  },
  'windows-11-23h2': {
    fr: 'Microsoft Windows 11 Professionnel',
    en: 'Microsoft Windows 11 Pro',
    version: '10.0.22631',
    share: 0.2,
    server: false,
  },
  'windows-11-24h2': {
    fr: 'Microsoft Windows 11 Entreprise',
    en: 'Microsoft Windows 11 Enterprise',
    version: '10.0.26100',
    share: 0.24,
    server: false,
  },
  'server-2016': {
    fr: 'Microsoft Windows Server 2016 Standard',
    en: 'Microsoft Windows Server 2016 Standard',
    version: '10.0.14393',
    share: 0.07,
    server: true,
  },
  'server-2019': {
    fr: 'Microsoft Windows Server 2019 Standard',
    en: 'Microsoft Windows Server 2019 Standard',
    version: '10.0.17763',
    share: 0.1,
    server: true,
  },
  'server-2022': {
    fr: 'Microsoft Windows Server 2022 Standard',
    en: 'Microsoft Windows Server 2022 Datacenter',
    version: '10.0.20348',
    share: 0.11,
    server: true,
  },
};

const roles = ['Accounting', 'Reception', 'Workshop', 'Meeting room', 'Direction', 'Design office', 'Training room'];
const rolesFr = [
  'Comptabilité',
  'Accueil',
  'Atelier',
  'Salle de réunion',
  'Direction',
  "Bureau d'études",
  'Salle de formation',
];
const serverRoles = ['DC', 'FILE', 'SQL', 'WEB', 'PRINT', 'MAIL', 'APP', 'BKP'] as const;
const makers = [
  { maker: 'Dell Inc.', models: ['OptiPlex 7090', 'Latitude 5440', 'PowerEdge R650'] },
  { maker: 'HP', models: ['EliteDesk 800 G6', 'EliteBook 840 G9', 'ProLiant DL380 Gen10'] },
  { maker: 'LENOVO', models: ['ThinkCentre M70q', 'ThinkPad T14 Gen 3', 'ThinkSystem SR650'] },
] as const;
/** As hosts spell them: hexadecimal, or as the signed or unsigned number that Windows counts with. The last one is in nobody's table. */
const failures = [
  '0x80240022',
  '0x800f0922',
  '0x80070070',
  '0x80240022',
  '0x80073712',
  '-2145107924',
  '0x80070005',
  '2147954402',
  '0x8024f123',
];
const moreFailures = [
  ...failures,
  '0x80070643',
  '0x80240034',
  '0x800705b4',
  '0x80073701',
  '0x80070643',
  '0x80070070',
  '0x80240017',
  '0x800f081f',
];

const weighted = <T extends { readonly share: number }>(items: readonly T[], draw: number): T => {
  let rest = draw * items.reduce((sum, item) => sum + item.share, 0);
  for (const item of items) {
    rest -= item.share;
    if (rest <= 0) return item;
  }
  return items[0] as T;
};

/** How many hosts of each kind: a tenth offline, a tenth failing or silent, the rest ordinary. */
const behaviours = (count: number): Behaviour[] => {
  const share = (part: number): number => (count < 6 ? 0 : Math.max(1, Math.round(count * part)));
  const odd: Behaviour[] = [
    ...Array<Behaviour>(share(0.1)).fill('offline'),
    ...Array<Behaviour>(share(0.08)).fill('failing'),
    ...Array<Behaviour>(share(0.034)).fill('never-scanned'),
    ...Array<Behaviour>(share(0.034)).fill('gone'),
    ...(count <= smallFleet && count >= 20 ? (['other-signer', 'old-agent'] as const) : []),
    ...(count <= smallFleet ? [] : Array<Behaviour>(share(0.004)).fill('other-signer')),
    ...(count <= smallFleet ? [] : Array<Behaviour>(share(0.006)).fill('old-agent')),
  ];
  return odd.slice(0, count);
};

const optionsOf = (server: boolean, draw: number): AgentOptions => ({
  enabled: true,
  default_allow: false,
  allow_direct_download: !server && draw > 0.9,
  download_scheduling: '12h',
  install_scheduling: server || draw < 0.55 ? null : '12h',
  install_at_shutdown: !server && draw < 0.35,
  install_delay: server ? '7d' : draw < 0.5 ? '3d' : null,
  allowed_severities: server ? [] : draw > 0.7 ? ['Critical'] : [],
});

/** What differs between agents where everything is to be tried. */
const otherOptions = (server: boolean, random: Random): Pick<AgentOptions, 'default_allow' | 'install_delay'> => ({
  default_allow: !server && random.chance(0.3),
  install_delay: server ? '14d' : random.pick([null, '3d', '14d', '30d']),
});

/** Which further products are on a host: some are on many computers, most on few. */
function linesOn(seed: number, uuid: string, server: boolean, lines: readonly Line[], average: number): string[] {
  if (lines.length === 0) return [];
  const random = seededRandom(`lines ${seed} ${uuid}`);
  const chosen = new Set<string>();
  const wanted = Math.max(1, random.between(Math.floor(average / 2), Math.ceil(average * 1.5)));
  for (let tries = 0; chosen.size < wanted && tries < wanted * 6; tries += 1) {
    const line = lines[Math.floor(random.next() ** 2 * lines.length)];
    if (line !== undefined && (line.on === 'all' || (line.on === 'server') === server)) chosen.add(line.name);
  }
  return [...chosen];
}

/** What a fleet may have besides its size. */
export type FleetOptions = {
  /** Whether agents differ more in their options than they would in life. */
  readonly varied?: boolean;
  /** The further products there are, and how many of them a host has on average. */
  readonly lines?: readonly Line[];
  readonly linesPerHost?: number;
};

/** The fleet of one seed: names, places and characters are the same at every start. A large one has more sites, departments and editions. */
export function hostProfiles(seed: number, count: number, options: FleetOptions = {}): HostProfile[] {
  const { varied = false, lines = [], linesPerHost = 0 } = options;
  const large = count > smallFleet;
  const sites = large ? manySites : fewSites;
  const [lastServer, lastClient] = large ? [999, 99_999] : [29, 4999];
  const further = seededRandom(`large fleet ${seed}`);
  const random = seededRandom(`hosts ${seed}`);
  const variety = seededRandom(`varied hosts ${seed}`);
  const odd = behaviours(count);
  const oddAt = new Map<number, Behaviour>();
  for (const behaviour of odd) {
    let place = random.between(0, count - 1);
    while (oddAt.has(place)) place = (place + 1) % count;
    oddAt.set(place, behaviour);
  }
  const names = new Set<string>();
  const unique = (make: () => string): string => {
    let name = make();
    for (let tries = 0; names.has(name); tries += 1) name = `${make()}${tries > 50 ? tries : ''}`;
    names.add(name);
    return name;
  };
  const codes = large ? moreFailures : failures;
  const failureAt = (place: number): string | null => codes[place % codes.length] ?? null;
  let failure = 0;
  return Array.from({ length: count }, (_, index): HostProfile => {
    const site = weighted(sites, random.next());
    const family =
      families[index] ??
      weighted(
        families.map((one) => ({ family: one, share: systems[one].share })),
        random.next(),
      ).family;
    const system = systems[family];
    const { server } = system;
    const laptop = !server && random.chance(0.45);
    const role = server ? random.pick(serverRoles) : laptop ? 'L' : 'D';
    const name = unique(() =>
      server
        ? `${site.code}-${role}${String(random.between(1, lastServer)).padStart(large ? 3 : 2, '0')}`
        : `${site.code}-${role}${String(random.between(1, lastClient)).padStart(large ? 5 : 4, '0')}`,
    );
    const make = random.pick(makers);
    const place = random.between(0, roles.length - 1);
    const behaviour = oddAt.get(index) ?? 'ordinary';
    const pilot = !server && behaviour === 'ordinary' && random.chance(0.18);
    const traits: Trait[] = [
      ...(laptop ? (['laptop'] as const) : []),
      ...(site.language === 'fr' ? (['french'] as const) : []),
      ...(!server && random.chance(0.6) ? (['office-2016'] as const) : []),
      ...(random.chance(0.35) ? (['dotnet-8'] as const) : []),
      ...(!server && random.chance(0.12) ? (['visual-studio'] as const) : []),
      ...(server && (role === 'SQL' || random.chance(0.2)) ? (['sql-2019'] as const) : []),
      ...(role === 'MAIL' ? (['exchange-2016'] as const) : []),
    ];
    const department = large ? further.pick(departments) : null;
    const uuid = random.chance(0.03) ? `rnd-${random.guid()}` : random.guid().toUpperCase();
    const spot = site.language === 'fr' ? (rolesFr[place] ?? '') : (roles[place] ?? '');
    return {
      uuid,
      name,
      fqdn: `${name.toLowerCase()}.example.lan`,
      description: server ? `${role} ${site.name}` : `${spot} ${random.between(1, 40)}`,
      family,
      language: site.language,
      site: site.name,
      unit: `OU=${server ? 'Servers' : laptop ? 'Laptops' : 'Desktops'},${
        server || department === null ? '' : `OU=${department},`
      }OU=${site.name},DC=example,DC=lan`,
      // A computer that was registered a moment ago: nobody has put it into a group yet, so it has no package of its own.
      groups:
        behaviour === 'never-scanned'
          ? []
          : [
              server ? 'lab-servers' : 'lab-desktops',
              ...(pilot ? ['lab-pilot'] : []),
              ...(department === null ? [] : [siteGroup(site), ...(server ? [] : [departmentGroup(department)])]),
            ],
      traits,
      lines: linesOn(seed, uuid, server, lines, linesPerHost),
      behaviour,
      oddity: null,
      ...(behaviour === 'failing'
        ? { failure: failureAt(failure), otherFailure: failureAt(++failure) }
        : { failure: null, otherFailure: null }),
      options: { ...optionsOf(server, random.next()), ...(varied ? otherOptions(server, variety) : {}) },
      repository: repositoryFor(count, site.name, server ? 'server' : laptop ? 'laptop' : 'desktop'),
      maturities: pilot ? ['PROD', 'PREPROD'] : ['PROD'],
      user: `user${random.between(100, 999)}`,
      ip: large
        ? `198.18.${Math.floor(index / 250) % 256}.${(index % 250) + 2}`
        : `${random.pick(['192.0.2', '198.51.100', '203.0.113'])}.${random.between(2, 254)}`,
      mac: large
        ? `00:00:5e:00:${(index >> 8).toString(16).padStart(2, '0')}:${(index % 256).toString(16).padStart(2, '0')}`
        : `00:00:5e:00:${random.hex(2)}:${random.hex(2)}`,
      serial: random.hex(7).toUpperCase(),
      maker: make.maker,
      model: make.models[server ? 2 : laptop ? 1 : 0],
      osName: large ? further.pick(editionsOf(family, site.language)) : system[site.language],
      osVersion: system.version,
    };
  });
}
