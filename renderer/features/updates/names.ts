import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { classificationKey, friendlyProduct, NO_NAME, productKey, severityKey } from '../../../domain/catalogue.ts';
import { en } from './words/en.ts';

/** The three lists that updates are filtered by. */
export type FilterList = 'severities' | 'products' | 'classifications';

type KnownClassification = keyof typeof en.classification;
type KnownSeverity = keyof typeof en.severity;

const isClassification = (key: string): key is KnownClassification => Object.hasOwn(en.classification, key);
const isSeverity = (key: string): key is KnownSeverity => Object.hasOwn(en.severity, key);

/** Gives the word for an entry of a filter list: the known ones in the language shown, the others as hosts report them. */
export function useEntryName(): (list: FilterList, key: string) => string {
  const { t } = useTranslation('updates');
  return useCallback(
    (list, key) => {
      if (list === 'severities')
        return key === NO_NAME ? t('filter.noSeverity') : isSeverity(key) ? t(`severity.${key}`) : key;
      if (list === 'products') return key === NO_NAME ? t('filter.noProduct') : (friendlyProduct(key) ?? key);
      if (key === NO_NAME) return t('filter.noClassification');
      return isClassification(key) ? t(`classification.${key}`) : key;
    },
    [t],
  );
}

/** The entry of a list that a reported name belongs to; empty names have none here. */
export function entryKey(list: FilterList, name: string | null): string | null {
  if (name === null || name.trim() === '') return null;
  return { severities: severityKey, products: productKey, classifications: classificationKey }[list](name);
}
