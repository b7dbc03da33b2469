import { parseArgs } from 'node:util';
import { endTogether, runPackage } from './run.ts';
import { format, inOrder, lint, report, types, unused } from './steps.ts';

endTogether();
const { values } = parseArgs({ options: { write: { type: 'boolean', default: false } } });

if (values.write) {
  await runPackage('biome', ['check', '--write', '--linter-enabled=false'], { of: '@biomejs/biome' });
}
const outcomes = await inOrder([format, lint, types, unused], () => 600_000, report);
process.exitCode = outcomes.some(({ failed }) => failed > 0) ? 1 : 0;
