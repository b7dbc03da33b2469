import { guidOf, type UpdateRow } from '../../domain/update.ts';

const products = Array.from({ length: 60 }, (_each, n) => `Product ${n}`);
const classifications = ['Security Updates', 'Definition Updates', 'Updates', 'Update Rollups', 'Drivers'];
const severities = ['Critical', 'Important', 'Moderate', 'Low', null];
const pick = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;

/** Makes the rows of an update list as the store gives them, the same ones each time. */
export function makeRows(count: number): readonly UpdateRow[] {
  return Array.from({ length: count }, (_each, n): UpdateRow => {
    const random = (n * 2_654_435_761) >>> 0;
    const needed = random % 3 === 0 ? 0 : random % 500;
    const classification = pick(classifications, random >>> 7);
    // Some products have a series of definitions under one KB, as virus definitions do.
    const isDaily = classification === 'Definition Updates' && random % 4 === 0;
    const kb = isDaily ? String(2_267_600 + (random % 20)) : String(5_000_000 + n);
    const product = pick(products, random >>> 5);
    const updateId = `${random.toString(16).padStart(8, '0')}-4e2b-4c0b-9d5a-${n.toString(16).padStart(12, '0')}_200`;
    const day = `2026-${String((n % 12) + 1).padStart(2, '0')}-${String((n % 28) + 1).padStart(2, '0')}`;
    return {
      updateId,
      title: `${day.slice(0, 7)} Cumulative Update for ${product} for x64-based Systems (KB${kb})`,
      updateType: 'Software',
      kbids: [kb],
      severity: pick(severities, random >>> 3),
      changetime: `${day}T00:00:00`,
      product,
      classification,
      downloadUrls: [`http://download.example/${guidOf(updateId)}.cab`],
      minDownloadSize: random % 1_000_000,
      maxDownloadSize: random % 900_000_000,
      supersededUpdateIds: [],
      securityBulletinIds: [],
      cveIds: random % 2 === 0 ? [`CVE-2026-${String(n).padStart(5, '0')}`] : [],
      isMandatory: random % 9 === 0,
      rebootBehaviour: 'CanRequestReboot',
      canRequestUserInput: 'False',
      requiresNetworkConnectivity: false,
      isBeta: false,
      isUninstallable: true,
      installationImpact: 'Normal',
      uninstallationImpact: null,
      uninstallationNotes: null,
      supportUrl: `https://support.example/help/${kb}`,
      releaseNotes: null,
      languages: ['en', 'fr'],
      downloadedOn: random % 5 === 0 ? `${day}T12:00:00` : null,
      createdOn: `${day}T06:00:00`,
      createdBy: null,
      updatedOn: null,
      updatedBy: null,
      isSuperseded: (random >>> 4) % 7 === 0,
      hosts: {
        reported: needed + 20,
        needed,
        pending: needed >> 1,
        missing: needed >> 2,
        failed: random % 11 === 0 ? 1 : 0,
        heldBack: 0,
        forbidden: 0,
        done: 20,
        superseded: 0,
      },
    };
  });
}
