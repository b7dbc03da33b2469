/** Rows for the tests of this folder and its neighbours. */
import type { StateCounts, UpdateRow } from '../../../domain/update.ts';

const noHosts: StateCounts = {
  reported: 0,
  needed: 0,
  pending: 0,
  missing: 0,
  failed: 0,
  heldBack: 0,
  forbidden: 0,
  done: 0,
  superseded: 0,
};

/** An update of which only what a test names is set. */
export function updateRow(updateId: string, facts: Partial<UpdateRow> = {}): UpdateRow {
  return {
    updateId,
    title: `Update ${updateId}`,
    updateType: null,
    kbids: [],
    severity: null,
    changetime: null,
    product: null,
    classification: null,
    downloadUrls: [],
    minDownloadSize: null,
    maxDownloadSize: null,
    supersededUpdateIds: [],
    securityBulletinIds: [],
    cveIds: [],
    isMandatory: null,
    rebootBehaviour: null,
    canRequestUserInput: null,
    requiresNetworkConnectivity: null,
    isBeta: null,
    isUninstallable: null,
    installationImpact: null,
    uninstallationImpact: null,
    uninstallationNotes: null,
    supportUrl: null,
    releaseNotes: null,
    languages: [],
    downloadedOn: null,
    createdOn: null,
    createdBy: null,
    updatedOn: null,
    updatedBy: null,
    hosts: noHosts,
    isSuperseded: false,
    ...facts,
  };
}
