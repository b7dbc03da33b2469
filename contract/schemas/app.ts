import { z } from 'zod';
import { line, opaqueId } from './common.ts';
import { MOST_VIEWS, savedView } from './views.ts';

/** What the console is and where it runs. */
export interface AppInfo {
  readonly version: string;
  readonly entry: 'desktop' | 'browser' | 'command';
  /** Language tags of the system, best first. */
  readonly languages: readonly string[];
  /** Whether a password may be kept in the platform's secret store. */
  readonly canKeepSecrets: boolean;
  /** Whether main can open a file dialog; else the window lists what main found. */
  readonly canBrowseFiles: boolean;
}

/** Pages outside the console that may be opened; main builds the address. */
export const openRequest = z.discriminatedUnion('page', [
  z.strictObject({ page: z.literal('kb'), kb: z.string().regex(/^(KB)?\d{4,10}$/i) }),
  z.strictObject({ page: z.literal('catalog'), query: line.min(1) }),
  z.strictObject({ page: z.literal('failure-code'), code: z.string().regex(/^0x[0-9a-f]{8}$/) }),
  z.strictObject({ page: z.literal('cve'), cve: z.string().regex(/^CVE-\d{4}-\d{4,7}$/i) }),
]);

/** Where a page was opened: in desktop main opened it, in browser mode the window follows the address itself. */
export interface OpenAnswer {
  readonly url: string;
  readonly opened: boolean;
}

/** Text for the clipboard. */
export const copyRequest = z.strictObject({ text: z.string().max(1_000_000) });

/** What the system is to tell while the window is behind others; `id` comes back when somebody clicks on it. */
export const notifyRequest = z.strictObject({
  id: opaqueId,
  title: z.string().min(1).max(100),
  text: z.string().max(300),
});

/** Theme and language of the person; `system` follows the platform. */
export const settingsSchema = z.strictObject({
  theme: z.enum(['system', 'light', 'dark', 'contrast']),
  language: z.enum(['system', 'en', 'fr']),
  density: z.enum(['comfortable', 'compact']),
  /** Columns, widths, order and sort of each grid, opaque to main. */
  grids: z.record(z.string().max(60), z.string().max(20_000)),
  /** Filter lists kept between sessions, opaque to main. */
  filters: z.record(z.string().max(60), z.string().max(20_000)),
  /** Looks at lists that one keeps under names. */
  views: z.array(savedView).max(MOST_VIEWS),
  /** Whether the end of long work is told while the window is not in front. */
  notify: z.boolean(),
  /** Prefix of names of new packages. */
  packagePrefix: z.string().regex(/^[a-z0-9][a-z0-9]*$|^$/),
});

/** The settings of the person. */
export type Settings = z.infer<typeof settingsSchema>;

/** Some settings, the others stay. */
export const settingsPatch = settingsSchema.partial();
