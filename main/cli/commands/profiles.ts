import { ok } from '../../../domain/result.ts';
import type { Command } from '../command.ts';
import { moment, table } from '../output.ts';

/** `waptwua profiles`. */
export const profilesCommand: Command = {
  name: 'profiles',
  summary: 'the servers that the console knows',
  usage: '',
  help: [],
  options: {},
  needsProfile: false,
  needsServer: false,
  run: async (cli) => {
    const profiles = await cli.ask('profiles.list', {});
    if (!profiles.ok) return profiles;
    const rows = profiles.value.map(({ id, name, address, user, dialect, lastSignIn, trust }) => ({
      id,
      name,
      address,
      user,
      dialect,
      lastSignIn,
      trust: trust?.kind ?? null,
    }));
    const columns = [
      { header: 'Name', value: (row: (typeof rows)[number]) => row.name },
      { header: 'Address', value: (row: (typeof rows)[number]) => row.address },
      { header: 'User', value: (row: (typeof rows)[number]) => row.user },
      { header: 'Trust', value: (row: (typeof rows)[number]) => row.trust },
      { header: 'Signed in', value: (row: (typeof rows)[number]) => moment(row.lastSignIn) },
      { header: 'Id', value: (row: (typeof rows)[number]) => row.id },
    ];
    return ok({ json: { rows }, text: table(columns, rows, cli.parts.width) });
  },
};
