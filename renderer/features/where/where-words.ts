import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Where } from '../../../contract/schemas/fleet.ts';
import type { Dimension } from '../../../domain/compliance.ts';
import { useCall } from '../../app/console.ts';
import { addWords } from '../../i18n/i18n.ts';
import { useLabelled } from '../../i18n/locale.ts';
import { useEntryName } from '../updates/names.ts';
import { en as updatesEn } from '../updates/words/en.ts';
import { fr as updatesFr } from '../updates/words/fr.ts';
import { en } from './words/en.ts';
import { fr } from './words/fr.ts';

const LISTS = { severity: 'severities', product: 'products', classification: 'classifications' } as const;

/** Gives the name of an entry of a dimension in the language shown; entries of hosts and updates that do not say have words too. */
export function useEntryWords(): (dimension: Dimension, key: string) => string {
  const { t, i18n } = useTranslation('where');
  useState(() => {
    addWords(i18n, 'where', { en, fr });
    addWords(i18n, 'updates', { en: updatesEn, fr: updatesFr });
  });
  const nameOf = useEntryName();
  return useCallback(
    (dimension, key) => {
      if (dimension === 'severity' || dimension === 'product' || dimension === 'classification')
        return nameOf(LISTS[dimension], key);
      if (dimension === 'fleet') return t('fleet');
      return key === '' ? t(`unsaid.${dimension}`) : key;
    },
    [t, nameOf],
  );
}

/** The name of the one update or host that a set speaks of; null where it speaks of none, or it is not known (yet). */
export function useWhereName(where: Where | null): string | null {
  const updateId =
    where?.kind === 'update' || where?.kind === 'failure' || where?.kind === 'known-bad' || where?.kind === 'cve'
      ? (where.updateId ?? null)
      : null;
  const uuid = where?.kind === 'host' ? where.uuid : null;
  const update = useCall('updates.get', { updateId: updateId ?? '-' }, { enabled: updateId !== null }).data;
  const host = useCall('hosts.get', { uuid: uuid ?? '-' }, { enabled: uuid !== null }).data;
  const campaignId = where?.kind === 'campaign' ? where.id : null;
  const campaigns = useCall('campaigns.list', {}, { enabled: campaignId !== null }).data?.campaigns;
  if (campaignId !== null) return campaigns?.find((each) => each.id === campaignId)?.name ?? null;
  if (updateId !== null) return update?.update.title ?? updateId;
  return uuid === null ? null : (host?.host.fqdn ?? uuid);
}

/** Gives the words for a set: what its hosts or updates have in common; `name` is that of `useWhereName`. */
export function useWhereWords(): (where: Where, name?: string | null) => string {
  const entry = useEntryWords();
  const { t } = useTranslation('where');
  const labelled = useLabelled();
  return useCallback(
    (where, name) => {
      switch (where.kind) {
        case 'compliance': {
          const measure = t(`measure.${where.measure}`);
          if (where.dimension === 'fleet') return measure;
          const entryName = entry(where.dimension, where.key);
          return t('of', { measure, dimension: t(`dimension.${where.dimension}`), name: entryName });
        }
        case 'update':
          return t('behind', { measure: t(`hostsWhere.${where.measure}`), name: name ?? where.updateId });
        case 'host':
          return t('behind', { measure: t(`updatesWhere.${where.measure}`), name: name ?? where.uuid });
        case 'repository':
          return t('behind', {
            measure: t(`repository.${where.measure}`),
            name: where.url ?? t('repository.unsaid'),
          });
        case 'rule':
          return t('rule', { entry: where.entry });
        case 'distrust':
          return t('distrust', { package: where.package });
        case 'immature':
          return t('immature', { package: where.package, maturity: where.maturity || 'PROD' });
        case 'known-bad':
          return t('behind', { measure: t('nextToGet'), name: name ?? where.updateId });
        case 'cve':
          return [
            where.cves.length > 3 ? t('cve.several', { count: where.cves.length }) : where.cves.join(', '),
            where.exposure === null ? null : t(`cve.exposure.${where.exposure}`),
            where.how === undefined ? null : t(`cve.how.${where.how}`),
            where.updateId === undefined ? null : t('failure.update', { name: name ?? where.updateId }),
          ]
            .filter((part) => part !== null)
            .join(' · ');
        case 'failure': {
          const { code, updateId, group, disk, stale } = where;
          return [
            t('failure.title'),
            code === undefined ? null : code === '' ? t('failure.noCode') : code,
            updateId === undefined
              ? null
              : updateId === null
                ? t('failure.noUpdate')
                : t('failure.update', { name: name ?? updateId }),
            group === undefined ? null : group === null ? t('unsaid.group') : labelled(t('dimension.group'), group),
            disk === true ? t('failure.disk') : null,
            stale === undefined ? null : t(stale ? 'failure.stale' : 'failure.fresh'),
          ]
            .filter((part) => part !== null)
            .join(' · ');
        }
        case 'apart':
          return t(`apart.${where.apart}`);
        case 'cache':
          return t(`cache.${where.cache}`);
        case 'campaign': {
          const measure = t(`campaign.${where.state}`);
          return name === undefined || name === null ? measure : t('behind', { measure, name });
        }
        case 'news':
          return t(`news.${where.news}`);
      }
    },
    [t, entry, labelled],
  );
}
