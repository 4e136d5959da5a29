import { isDnsLabel } from '../../check';
import type { ObjectReference } from './scaling-policy';

/** Names of most API objects: DNS labels joined by dots, 253 characters at most. */
const isObjectName = (name: string): boolean => name.length <= 253 && name.split('.').every(isDnsLabel);

/** Whether a reference can name an object at all: `apps/v1`, `Deployment`, `agent-core`. */
export const isObjectReference = ({ apiVersion, kind, name }: ObjectReference): boolean =>
  /^([a-z0-9.-]+\/)?v\d+((alpha|beta)\d+)?$/.test(apiVersion) && /^[A-Z][A-Za-z0-9]*$/.test(kind) && isObjectName(name);

/** The reference on one line: `apps/v1 Deployment api`. */
export const referenceText = ({ apiVersion, kind, name }: ObjectReference): string => `${apiVersion} ${kind} ${name}`;
