import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const exclude = ['**/node_modules/**', 'out/**', '.cache/**', 'release/**'];

/** Two projects: `node` for every process that has Node, `dom` for the window's components. */
export default defineConfig({
  test: {
    passWithNoTests: true,
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // On two cores one worker would leave a core idle: most files wait for a server, a disk or a thread.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          include: ['**/*.test.ts'],
          exclude: [...exclude, 'renderer/**/*.dom.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'dom',
          environment: 'jsdom',
          include: ['renderer/**/*.test.tsx', 'renderer/**/*.dom.test.ts'],
          exclude,
          // Importing jsdom, MUI and AG Grid costs more than the tests: the files of a worker share them.
          isolate: false,
          setupFiles: ['renderer/testing/setup.ts'],
        },
      },
    ],
  },
});
