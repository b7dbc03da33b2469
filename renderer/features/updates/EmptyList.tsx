import { Button } from '@mui/material';
import { Info, Search, ShieldCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { UpdateList } from '../../../contract/schemas/updates.ts';
import type { UpdateFilter } from '../../../domain/catalogue.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { isFiltering } from './filter-store.ts';
import { Unscanned } from './Unscanned.tsx';

/** Why the list has nothing at all: what hosts reported is all there is. */
export function NoUpdates({ list }: { readonly list: UpdateList | undefined }) {
  const { t } = useTranslation(['updates', 'common']);
  const hostCount = list?.hostCount ?? 0;
  if (hostCount === 0) return <EmptyState icon={Info} title={t('thin.noHosts')} text={t('thin.noHostsText')} />;
  return (
    <EmptyState
      title={t('thin.empty')}
      text={t('thin.emptyText', {
        hosts: t('common:hosts', { count: hostCount }),
        never: list?.neverScanned ?? 0,
      })}
      actions={list === undefined || list.unscanned.length === 0 ? undefined : <Unscanned list={list} />}
    />
  );
}

/** Why the filter shows nothing of the list, and the way out. */
export function NoneShown({
  filter,
  count,
  hiddenSuperseded,
  onChange,
  onClear,
}: {
  readonly filter: UpdateFilter;
  /** Updates of the list in all. */
  readonly count: number;
  readonly hiddenSuperseded: number;
  readonly onChange: (patch: Partial<UpdateFilter>) => void;
  readonly onClear: () => void;
}) {
  const { t } = useTranslation('updates');
  if (hiddenSuperseded > 0) {
    return (
      <EmptyState
        icon={Search}
        title={t('hidden.onlySuperseded', { count: hiddenSuperseded })}
        text={t('hidden.onlySupersededText')}
        actions={
          <Button variant="outlined" onClick={() => onChange({ hideSuperseded: false })}>
            {t('hidden.showSuperseded', { count: hiddenSuperseded })}
          </Button>
        }
      />
    );
  }
  if (filter.scope === 'needed' && !isFiltering(filter)) {
    return (
      <EmptyState
        icon={ShieldCheck}
        title={t('thin.emptyNeeded')}
        text={t('thin.emptyNeededText', { count })}
        actions={
          <Button variant="outlined" onClick={() => onChange({ scope: 'reported' })}>
            {t('thin.showReported')}
          </Button>
        }
      />
    );
  }
  return (
    <EmptyState
      icon={Search}
      title={t('thin.noneShown')}
      text={t('thin.noneShownText')}
      actions={
        <Button variant="outlined" onClick={onClear}>
          {t('filter.clear')}
        </Button>
      }
    />
  );
}
