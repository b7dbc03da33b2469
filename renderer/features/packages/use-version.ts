import { useQuery } from '@tanstack/react-query';
import type { PublishCheck } from '../../../contract/schemas/packages.ts';
import { ask, type ConsoleFailure, useBridge } from '../../app/console.ts';

/**
 * The version a draft would get, asked again only when its name changes: the question makes main read the repository's index, which must
 * not happen at each keystroke. Null while unknown.
 */
export function useVersion(draftId: string, name: string, isReady: boolean): PublishCheck | null {
  const bridge = useBridge();
  const { data } = useQuery<PublishCheck, ConsoleFailure>({
    queryKey: ['draft-version', draftId, name],
    queryFn: () => ask(bridge, 'packages.check', { draftId }),
    enabled: isReady,
    retry: false,
    gcTime: 0,
  });
  return data ?? null;
}
