import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PlatformSpec } from '../../lib/model';
import { synthesize } from '../../lib/platform';
import type { Block } from './terraform';

/** The stack of one environment's edge, without anything of Kubernetes. */
export function edgeStack(platform: PlatformSpec, environment = 'production'): Block {
  const terraform = mkdtempSync(join(tmpdir(), 'edge-'));
  try {
    synthesize([platform], { terraform });
    return JSON.parse(readFileSync(join(terraform, `stacks/${platform.name}-${environment}-edge/cdk.tf.json`), 'utf8'));
  } finally {
    rmSync(terraform, { recursive: true, force: true });
  }
}
