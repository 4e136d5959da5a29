#!/usr/bin/env node
import { readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { run } from './run';

/*
 * V8 compiles what runs often a second time, beside the program. In a process of a second that costs a third of its CPU and is
 * done when the program nearly is: it waits ten times as long here. See bench/README.md.
 */
setFlagsFromString('--interrupt-budget=1500000');

/** Everything at once: what is written little by little is lost when the process ends before a pipe has taken it. */
function writeAll(descriptor: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(descriptor, bytes, at);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === 'EPIPE') return;
      if (code !== 'EAGAIN') throw error;
    }
  }
}

/** The package's own manifest, three folders up from where this is compiled to. */
function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(__dirname, '../../../package.json'), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : 'unknown';
}

const wantsColours = process.env.NO_COLOR === undefined && process.env.TERM !== 'dumb';

process.exitCode = run(process.argv.slice(2), version, {
  write: (text) => writeAll(1, text),
  complain: (text) => writeAll(2, text),
  hasColours: process.stdout.isTTY === true && wantsColours,
  isWatched: process.stderr.isTTY === true,
});
