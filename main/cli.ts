#!/usr/bin/env node
import process from 'node:process';
import { openConsole } from './cli/open.ts';
import { runCommand } from './cli/run.ts';
import { languageOf } from './cli/words/say.ts';
import { createHeadlessPlatform } from './platform/headless.ts';
import { placesFrom, versionOf } from './platform/places.ts';

// Whoever reads the answer may stop reading: `waptwua hosts | head`.
process.stdout.on('error', () => process.exit());

const version = versionOf(placesFrom(import.meta.dirname));

/** The command line: the same console without a window. */
process.exitCode = await runCommand({
  args: process.argv.slice(2),
  version,
  language: languageOf(process.env),
  out: process.stdout,
  err: process.stderr,
  input: process.stdin,
  open: openConsole((wanted) => Promise.resolve(createHeadlessPlatform({ version, ...wanted }))),
});
// Sockets that a server keeps open would keep the process.
process.exit();
