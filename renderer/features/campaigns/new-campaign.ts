import { useCallback } from 'react';
import { useNavigate } from 'react-router';
import { deskStore } from '../../desks/desk-store.ts';

/** Hosts for whom a campaign is to be made; the screen of campaigns takes them and opens its editor. */
export const useNewCampaign = deskStore<{ readonly uuids: readonly string[] | null }>(() => ({ uuids: null }));

/** Goes to the campaigns and begins a new one with these hosts. */
export function useMakeCampaign(): (uuids: readonly string[]) => void {
  const navigate = useNavigate();
  const store = useNewCampaign.useApi();
  return useCallback(
    (uuids) => {
      store.setState({ uuids });
      void navigate('/campaigns');
    },
    [navigate, store],
  );
}
