import type { PlatformSpec } from '../../lib/model';
import { ENVIRONMENTS } from './environments';

export const ALFRED: PlatformSpec = { name: 'alfred', environments: ENVIRONMENTS };
