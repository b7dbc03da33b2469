import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActionKind } from '../../../contract/schemas/actions.ts';
import { deskStore } from '../../desks/desk-store.ts';
import { useEnsureSigner } from '../signer/ensure.ts';

/** An order that waits for its confirmation. */
export interface Order {
  readonly action: ActionKind;
  readonly uuids: readonly string[];
}

/** The order whose confirmation is open, if any; `OrderDialog` shows it. */
export const useOrder = deskStore<{ readonly order: Order | null }>(() => ({ order: null }));

/** Closes the confirmation. */
export function closeOrder(): void {
  useOrder.setState({ order: null });
}

/** Begins an order: a signer is opened first, so that the confirmation can say which hosts do not trust it. */
export function useStartOrder(): (order: Order) => Promise<void> {
  const { t } = useTranslation('hosts');
  const ensureSigner = useEnsureSigner();
  const store = useOrder.useApi();
  return useCallback(
    async (order) => {
      if (order.uuids.length === 0) return;
      if (!(await ensureSigner(t(`signWhy.${order.action}`)))) return;
      store.setState({ order });
    },
    [ensureSigner, store, t],
  );
}
