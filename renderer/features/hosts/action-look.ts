import { Download, type LucideIcon, PackageSearch, ScanSearch, Zap } from 'lucide-react';
import type { ActionKind } from '../../../contract/schemas/actions.ts';

/** The orders in the order of the toolbar and menus. */
export const ORDERS = ['scan', 'download', 'install', 'refresh'] as const satisfies readonly ActionKind[];

/** The icon of each order. */
export const actionIcons: Readonly<Record<ActionKind, LucideIcon>> = {
  scan: ScanSearch,
  download: Download,
  install: Zap,
  refresh: PackageSearch,
};

/** The keys of each order. */
export const actionKeys: Readonly<Record<ActionKind, string>> = {
  scan: 'Ctrl+Shift+S',
  download: 'Ctrl+Shift+D',
  install: 'Ctrl+Shift+L',
  refresh: 'Ctrl+U',
};
