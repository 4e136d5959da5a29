import type { PlatformSpec } from '../lib/model';
import { ACGS } from './acgs';
import { ALFRED } from './alfred';

/** Every platform that `npm run synth` writes. */
export const PLATFORMS: readonly PlatformSpec[] = [ACGS, ALFRED];
