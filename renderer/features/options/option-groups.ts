import type { OptionKey } from '../../../domain/agent-options.ts';

/** The options as one thinks of them; the ini text has its own order. */
export const OPTION_GROUPS = [
  { id: 'takeOver', keys: ['enabled', 'offline'] },
  { id: 'allow', keys: ['default_allow', 'allowed_severities', 'install_delay'] },
  { id: 'when', keys: ['download_scheduling', 'install_at_shutdown', 'install_scheduling'] },
  { id: 'files', keys: ['allow_direct_download'] },
  { id: 'special', keys: ['filter'] },
] as const satisfies readonly { readonly id: string; readonly keys: readonly OptionKey[] }[];
