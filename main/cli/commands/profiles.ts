import { ok } from '../../../domain/result.ts';
import type { Command } from '../command.ts';
import { moment, table } from '../output.ts';

/** `waptwua profiles`. */
export const profilesCommand: Command = {
  name: 'profiles',
  usage: '',
  help: () => ({}),
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
    const say = cli.say.profiles;
    const columns = [
      { header: say.name, value: (row: (typeof rows)[number]) => row.name },
      { header: say.address, value: (row: (typeof rows)[number]) => row.address },
      { header: say.user, value: (row: (typeof rows)[number]) => row.user },
      { header: say.trust, value: (row: (typeof rows)[number]) => row.trust },
      { header: say.signedIn, value: (row: (typeof rows)[number]) => moment(row.lastSignIn) },
      { header: say.id, value: (row: (typeof rows)[number]) => row.id },
    ];
    return ok({ json: { rows }, text: table(columns, rows, cli.parts.width) });
  },
};
