import type { PlatformSpec } from '../../lib/model';
import { ENVIRONMENTS } from './environments';

export const ACGS: PlatformSpec = { name: 'acgs', environments: ENVIRONMENTS };
