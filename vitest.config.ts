import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const exclude = ['**/node_modules/**', 'out/**', '.cache/**', 'release/**'];

const nodeTests = ['**/*.test.ts'];
const domTests = ['renderer/**/*.test.tsx', 'renderer/**/*.dom.test.ts'];
/** Folders of functions alone: no process, no file, nothing that a test could leave behind. */
const pureTests = ['domain', 'wapt', 'contract', 'renderer'].map((folder) => `${folder}/**/*.test.ts`);

/** Three projects: `pure` for functions, `node` for every process that has Node, `dom` for the window's components. */
export default defineConfig({
  test: {
    passWithNoTests: true,
    // On a busy machine everything takes long: a limit ends what hangs, it says nothing about speed.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 30_000 } },
    // On two cores one worker would leave a core idle: most files wait for a server, a disk or a thread.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          include: nodeTests,
          exclude: [...exclude, ...pureTests],
        },
      },
      {
        extends: true,
        test: {
          name: 'pure',
          environment: 'node',
          include: pureTests,
          exclude: [...exclude, ...domTests],
          // A process for each file costs more than its tests.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'dom',
          environment: 'jsdom',
          include: domTests,
          exclude,
          // Importing jsdom, MUI and AG Grid costs more than the tests: the files of a worker share them.
          isolate: false,
          setupFiles: ['renderer/testing/setup.ts'],
        },
      },
    ],
  },
});
