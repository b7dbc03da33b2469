import type { Command } from './command.ts';
import { complianceCommand } from './commands/compliance.ts';
import { exportCommand } from './commands/export.ts';
import { hostsCommand } from './commands/hosts.ts';
import { packagesCommand } from './commands/packages.ts';
import { profilesCommand } from './commands/profiles.ts';
import { publishCommand } from './commands/publish.ts';
import { triggerCommand } from './commands/trigger.ts';
import { updatesCommand } from './commands/updates.ts';

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  profilesCommand,
  updatesCommand,
  hostsCommand,
  packagesCommand,
  complianceCommand,
  exportCommand,
  triggerCommand,
  publishCommand,
];
