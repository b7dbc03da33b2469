import { ListChecks, RefreshCw } from 'lucide-react';
import { memo, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { IndexState } from '../../../contract/schemas/downloads.ts';
import { useCapability } from '../../app/session.ts';
import { SearchField } from '../../ui/SearchField.tsx';
import { ToolButton } from '../../ui/ToolButton.tsx';
import { IndexButtons } from './IndexButtons.tsx';
import { useIndexDownload } from './index-download.ts';
import { useSearchText } from './use-search-text.ts';

/** Search and what concerns the whole list. The text one types is kept here: the list hears of it when one pauses. */
export const UpdatesToolbar = memo(function UpdatesToolbar({
  searchBox,
  search,
  onSearch,
  isSyncing,
  onRefresh,
  index,
  onShowTasks,
}: {
  readonly searchBox: Ref<HTMLInputElement>;
  readonly search: string;
  readonly onSearch: (search: string) => void;
  readonly isSyncing: boolean;
  readonly onRefresh: () => void;
  readonly index: IndexState | undefined;
  readonly onShowTasks: () => void;
}) {
  const { t } = useTranslation(['updates', 'session']);
  const [typed, setTyped] = useSearchText(search, onSearch);
  const indexDownload = useIndexDownload(index);
  const canList = useCapability('list-downloads');
  return (
    <>
      <SearchField
        inputRef={searchBox}
        placeholder={t('search')}
        label={t('searchLabel')}
        value={typed}
        onChange={setTyped}
        sx={{ width: 230, flexShrink: 1 }}
      />
      <ToolButton
        icon={RefreshCw}
        label={t('refresh')}
        shortcut={`${t('refreshHelp')} (F5)`}
        isBusy={isSyncing}
        onClick={onRefresh}
      />
      <IndexButtons isAsking={indexDownload.isAsking} onStart={indexDownload.start} />
      <ToolButton
        icon={ListChecks}
        label={t('showTasks')}
        disabled={!canList.available}
        reason={canList.available ? undefined : t(`session:unavailable.${canList.reason}`)}
        onClick={onShowTasks}
      />
    </>
  );
});
