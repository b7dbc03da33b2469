import { useQuery } from '@tanstack/react-query';
import type { PublishCheck } from '../../../contract/schemas/packages.ts';
import { ask, type ConsoleFailure, useBridge } from '../../app/console.ts';

/**
 * The version a draft would get, asked again only when its name or the newest published version (`newest`) changes: the question makes
 * main read the index of the repository, which must not happen at each keystroke. Null while unknown.
 */
export function useVersion(
  draftId: string,
  name: string,
  newest: string | null,
  isReady: boolean,
): PublishCheck | null {
  const bridge = useBridge();
  const { data } = useQuery<PublishCheck, ConsoleFailure>({
    queryKey: ['draft-version', draftId, name, newest],
    queryFn: () => ask(bridge, 'packages.check', { draftId }),
    enabled: isReady,
    retry: false,
    gcTime: 0,
  });
  return data ?? null;
}
