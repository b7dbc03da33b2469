import { useCallback, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import type { Campaign } from '../../../contract/schemas/campaigns.ts';
import { useCall } from '../../app/console.ts';
import { LoadingState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { CampaignEditor } from './CampaignEditor.tsx';
import { CampaignList } from './CampaignList.tsx';
import { CampaignView } from './CampaignView.tsx';
import { type Deed, GoDialog } from './GoDialog.tsx';
import { useNewCampaign } from './new-campaign.ts';

/** What the editor is open for. */
type Editing =
  | { readonly kind: 'new'; readonly uuids: readonly string[] }
  | { readonly kind: 'change' | 'copy'; readonly campaignId: string };

/** The campaigns: the list, or one with its hosts; the editor and the confirmations over both. */
export function CampaignsScreen() {
  const navigate = useNavigate();
  const id = useParams()['*'] ?? '';
  const list = useCall('campaigns.list', {});
  const wanted = useNewCampaign();
  const store = useNewCampaign.useApi();
  const [editing, setEditing] = useState<Editing | null>(null);
  const [going, setGoing] = useState<{ readonly deed: Deed; readonly campaign: Campaign } | null>(null);
  // Somebody chose hosts on another screen.
  const asked: Editing | null = wanted.uuids === null ? editing : { kind: 'new', uuids: wanted.uuids };

  // The same functions from drawing to drawing: they are in the commands of the frame.
  const make = useCallback(() => setEditing({ kind: 'new', uuids: [] }), []);
  const open = useCallback((campaignId: string) => void navigate(`/campaigns/${campaignId}`), [navigate]);
  const back = useCallback(() => void navigate('/campaigns'), [navigate]);
  const change = useCallback((campaignId: string) => setEditing({ kind: 'change', campaignId }), []);
  const copy = useCallback((campaignId: string) => setEditing({ kind: 'copy', campaignId }), []);
  const go = useCallback((deed: Deed, campaign: Campaign) => setGoing({ deed, campaign }), []);
  const close = (): void => {
    setEditing(null);
    store.setState({ uuids: null });
  };

  if (list.error !== null) return <ErrorNotice error={list.error.error} onRetry={() => void list.refetch()} />;
  if (list.data === undefined) return <LoadingState />;
  return (
    <>
      {id === '' ? (
        <CampaignList campaigns={list.data.campaigns} onMake={make} onOpen={open} />
      ) : (
        <CampaignView key={id} campaignId={id} onBack={back} onChange={change} onCopy={copy} onGo={go} />
      )}
      {asked === null ? null : (
        <CampaignEditor
          key={asked.kind === 'new' ? 'new' : `${asked.kind} ${asked.campaignId}`}
          campaignId={asked.kind === 'new' ? null : asked.campaignId}
          isCopy={asked.kind === 'copy'}
          uuids={asked.kind === 'new' ? asked.uuids : null}
          abilities={list.data.abilities}
          onClose={close}
          onSaved={(saved, start) => {
            close();
            open(saved.id);
            if (start) setGoing({ deed: 'start', campaign: saved });
          }}
        />
      )}
      {going === null ? null : (
        <GoDialog
          key={`${going.deed} ${going.campaign.id}`}
          deed={going.deed}
          campaign={going.campaign}
          onClose={() => setGoing(null)}
        />
      )}
    </>
  );
}
