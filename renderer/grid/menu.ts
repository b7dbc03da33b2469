import type { LucideIcon } from 'lucide-react';

/** One line of the menu of a row. What is disabled says why. */
export type MenuEntry =
  | {
      readonly kind: 'item';
      readonly id: string;
      readonly label: string;
      readonly icon?: LucideIcon;
      readonly onSelect: () => void;
      readonly disabled?: boolean;
      readonly reason?: string | undefined;
      readonly shortcut?: string;
      readonly danger?: boolean;
    }
  | { readonly kind: 'separator'; readonly id: string }
  | { readonly kind: 'heading'; readonly id: string; readonly label: string };
