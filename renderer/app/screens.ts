import {
  CircleDotDashed,
  Computer,
  DownloadCloud,
  LayoutDashboard,
  ListTodo,
  Megaphone,
  NotebookText,
  PackageCheck,
  ShieldCheck,
  ShieldQuestion,
  SlidersHorizontal,
  TriangleAlert,
} from 'lucide-react';
import type { ScreenEntry } from './feature.ts';

/** The screens in the order of the navigation. */
export const screens: readonly ScreenEntry[] = [
  { id: 'overview', icon: LayoutDashboard, load: () => import('../features/overview/feature.ts') },
  { id: 'updates', icon: ShieldCheck, load: () => import('../features/updates/feature.ts'), list: 'updates.list' },
  { id: 'triage', icon: ListTodo, load: () => import('../features/triage/feature.ts') },
  { id: 'packages', icon: PackageCheck, load: () => import('../features/packages/feature.ts') },
  { id: 'rings', icon: CircleDotDashed, load: () => import('../features/rings/feature.ts') },
  { id: 'hosts', icon: Computer, load: () => import('../features/hosts/feature.ts'), list: 'hosts.list' },
  { id: 'failures', icon: TriangleAlert, load: () => import('../features/failures/feature.ts') },
  { id: 'cves', icon: ShieldQuestion, load: () => import('../features/cves/feature.ts') },
  { id: 'campaigns', icon: Megaphone, load: () => import('../features/campaigns/feature.ts') },
  { id: 'options', icon: SlidersHorizontal, load: () => import('../features/options/feature.ts') },
  { id: 'downloads', icon: DownloadCloud, load: () => import('../features/downloads/feature.ts') },
  { id: 'journal', icon: NotebookText, load: () => import('../features/journal/feature.ts') },
];
