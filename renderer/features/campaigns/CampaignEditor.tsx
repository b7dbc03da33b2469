import {
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  Stack,
  Step,
  StepButton,
  Stepper,
} from '@mui/material';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Campaign, CampaignAbilities } from '../../../contract/schemas/campaigns.ts';
import { useAction, useCall } from '../../app/console.ts';
import { LoadingState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useNow } from '../../ui/Time.tsx';
import { useToasts } from '../../ui/toasts.ts';
import { CarePage } from './editor/CarePage.tsx';
import { HostsPage } from './editor/HostsPage.tsx';
import { ReviewPage } from './editor/ReviewPage.tsx';
import { WhatPage } from './editor/WhatPage.tsx';
import { WhenPage } from './editor/WhenPage.tsx';
import {
  type CampaignDraft,
  draftOf,
  type Field,
  newDraft,
  PAGES,
  type Page,
  pageOf,
  readDraft,
} from './editor-draft.ts';

interface EditorProps {
  readonly abilities: CampaignAbilities;
  readonly onSaved: (saved: Campaign, start: boolean) => void;
  readonly onClose: () => void;
}

/** Makes a campaign, changes a draft, or begins from another campaign. */
export function CampaignEditor({
  campaignId,
  isCopy,
  uuids,
  ...rest
}: EditorProps & {
  readonly campaignId: string | null;
  readonly isCopy: boolean;
  /** Hosts that were chosen elsewhere; null: those of the campaign. */
  readonly uuids: readonly string[] | null;
}) {
  const now = useNow(60_000).getTime();
  const detail = useCall('campaigns.get', { campaignId: campaignId ?? '-' }, { enabled: campaignId !== null }).data;
  if (campaignId === null) return <Editor id={null} title={null} first={newDraft(uuids ?? [], now)} {...rest} />;
  if (detail === undefined) return <LoadingState />;
  const { campaign, hosts } = detail;
  const first = draftOf(
    isCopy ? '' : campaign.name,
    hosts.map((row) => row.uuid),
    campaign.plan,
    now,
  );
  return <Editor id={isCopy ? null : campaign.id} title={isCopy ? null : campaign.name} first={first} {...rest} />;
}

/** What a page of the editor is given. */
export interface PageProps {
  readonly draft: CampaignDraft;
  readonly onChange: (patch: Partial<CampaignDraft>) => void;
  /** Fields to be told of: those that are wrong on pages that were left. */
  readonly isWrong: (field: Field) => boolean;
  readonly abilities: CampaignAbilities;
}

function Editor({
  id,
  title,
  first,
  abilities,
  onSaved,
  onClose,
}: EditorProps & { readonly id: string | null; readonly title: string | null; readonly first: CampaignDraft }) {
  const { t } = useTranslation(['campaigns', 'common']);
  const titleId = useId();
  const say = useToasts((toasts) => toasts.say);
  const save = useAction('campaigns.save');
  const [draft, setDraft] = useState(first);
  const [page, setPage] = useState<Page>('hosts');
  const [left, setLeft] = useState<ReadonlySet<Page>>(new Set());
  const { plan, wrong } = readDraft(draft);
  const at = PAGES.indexOf(page);
  const isWrong = (field: Field): boolean => left.has(pageOf(field)) && wrong.includes(field);
  const goTo = (next: Page): void => {
    setLeft(new Set([...left, page]));
    setPage(next);
  };
  const submit = (start: boolean): void => {
    setLeft(new Set(PAGES));
    const [bad] = wrong;
    if (bad !== undefined || plan === null) {
      if (bad !== undefined) setPage(pageOf(bad));
      return;
    }
    save.mutate(
      { id, name: draft.name.trim(), uuids: draft.uuids, plan },
      {
        onSuccess: (saved) => {
          if (!start) say({ tone: 'ok', text: t('saved', { name: saved.name }) });
          onSaved(saved, start);
        },
      },
    );
  };
  const props: PageProps = {
    draft,
    onChange: (patch) => setDraft((now) => ({ ...now, ...patch })),
    isWrong,
    abilities,
  };
  return (
    <Dialog open onClose={save.isPending ? () => {} : onClose} aria-labelledby={titleId} maxWidth="md" fullWidth>
      <DialogTitle id={titleId}>
        {title === null ? t('editor.newTitle') : t('editor.title', { name: title })}
      </DialogTitle>
      <DialogContent sx={{ display: 'flex', flexDirection: 'column', gap: 2 }}>
        <Stepper nonLinear activeStep={at} aria-label={t('editor.steps')} sx={{ pt: 0.5 }}>
          {PAGES.map((each) => {
            const hasError = left.has(each) && wrong.some((field) => pageOf(field) === each);
            return (
              <Step key={each} completed={left.has(each) && !hasError && each !== page}>
                <StepButton onClick={() => goTo(each)} {...(hasError ? { icon: '!' } : {})}>
                  {t(`editor.${each}`)}
                </StepButton>
              </Step>
            );
          })}
        </Stepper>
        <Stack sx={{ gap: 2, minHeight: 420 }}>
          {page === 'hosts' ? <HostsPage {...props} /> : null}
          {page === 'what' ? <WhatPage {...props} /> : null}
          {page === 'when' ? <WhenPage {...props} /> : null}
          {page === 'care' ? <CarePage {...props} /> : null}
          {page === 'review' ? <ReviewPage {...props} plan={plan} /> : null}
        </Stack>
        {save.error === null ? null : <ErrorNotice error={save.error.error} />}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose} disabled={save.isPending}>
          {t('common:cancel')}
        </Button>
        <span style={{ flex: 1 }} />
        <Button disabled={at === 0} onClick={() => goTo(PAGES[at - 1] ?? 'hosts')}>
          {t('editor.previous')}
        </Button>
        {page === 'review' ? (
          <>
            <Button variant="outlined" loading={save.isPending} onClick={() => submit(false)}>
              {t('editor.save')}
            </Button>
            <Button variant="contained" loading={save.isPending} onClick={() => submit(true)}>
              {t('editor.saveStart')}
            </Button>
          </>
        ) : (
          <Button variant="contained" onClick={() => goTo(PAGES[at + 1] ?? 'review')}>
            {t('editor.next')}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}
