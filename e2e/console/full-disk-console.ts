/** A console in a process of its own, which a test may give little room: it signs in, reads, tells how that ended as JSON, and ends. */
import type { Lab } from '../../lab/lab.ts';
import { testConsole, until } from './harness.ts';

const [given = '', data = ''] = process.argv.slice(2);
const lab = JSON.parse(given) as Lab;
const bench = await testConsole(lab, data);
const password = lab.users.find((user) => user.name === 'admin')?.password ?? '';
const signedIn = await bench.ask('session.signIn', {
  profileId: 'lab',
  user: 'admin',
  password,
  keepPassword: false,
});
const state = await until(
  () => bench.need('sync.state', {}),
  (now) => now.phase === 'idle' && (now.finishedAt !== null || now.error !== null),
  60,
);
const list = await bench.ask('updates.list', {});
const answer = {
  signedIn: signedIn.ok,
  error: state.error,
  updates: list.ok ? list.value.rows.length : null,
  shown: list.ok ? list.value.rows.filter((row) => row.hosts.reported > 0).length : null,
};
process.stdout.write(JSON.stringify(answer));
await bench.stop();
process.exit(0);
