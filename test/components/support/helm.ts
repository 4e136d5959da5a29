import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where `go install` puts programs, beside the path. */
const PLACES = ['helm', join(homedir(), 'go', 'bin', 'helm')];

/** Helm 3 on this machine, if there is one: `HELM` names it where it is not on the path. */
export function findHelm(): string | undefined {
  const candidates = process.env.HELM ? [process.env.HELM] : PLACES;
  return candidates.find((program) => {
    if (program.includes('/') && !existsSync(program)) return false;
    const { status, stdout } = spawnSync(program, ['version', '--short'], { encoding: 'utf8', timeout: 30_000 });
    return status === 0 && /^v3\.\d+/.test(stdout);
  });
}

/** What a run of Helm says, with nothing of a cluster or of its own settings in reach. */
export function helm(program: string, args: readonly string[], home: string) {
  return spawnSync(program, args, {
    encoding: 'utf8',
    timeout: 60_000,
    maxBuffer: 64 * 1024 * 1024,
    env: { PATH: process.env.PATH ?? '', HOME: home, KUBECONFIG: '/dev/null' },
  });
}
