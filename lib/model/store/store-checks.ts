import { type Check, duplicates, isDnsLabel, isWholeWithin } from '../../check';
import { Cpu, Memory } from '../../units';
import { membersName, type StorePlan } from './store';

/** Room for a revision hash within the 63 characters of a label. */
const MAX_NAME = 40;

/** Services have names that start with a letter. */
const isServiceName = (name: string): boolean => isDnsLabel(name) && /^[a-z]/.test(name) && name.length <= MAX_NAME;

const services = ({ objectName, aliases }: StorePlan): string[] => [objectName, membersName(objectName), ...aliases];

/** What is said about any store of one pod, whatever it keeps. */
export const STORE_CHECKS: readonly Check<StorePlan>[] = [
  {
    id: 'store-name-is-a-dns-label',
    prop: 'name',
    holds: ({ name }) => isDnsLabel(name),
    rule: 'must be a DNS label: 1-63 of a-z, 0-9 and inner hyphens',
    remedy: 'use a name such as main',
  },
  {
    id: 'store-object-name-is-a-short-service-name',
    prop: 'objectName',
    holds: ({ objectName }) => isServiceName(objectName),
    rule: `must be 1-${MAX_NAME} of a-z, 0-9 and inner hyphens, a letter first; it is name unless given`,
    remedy: 'use a name such as postgres',
  },
  {
    id: 'store-aliases-are-service-names',
    prop: 'aliases',
    holds: ({ aliases }) => aliases.every(isServiceName),
    rule: `must be 1-${MAX_NAME} of a-z, 0-9 and inner hyphens each, a letter first`,
    received: ({ aliases }) => aliases.filter((alias) => !isServiceName(alias)),
    remedy: 'use the name by which clients know it',
  },
  {
    id: 'store-services-have-different-names',
    prop: 'aliases',
    holds: (plan) => duplicates(services(plan)).length === 0,
    rule: ({ objectName }) => `must differ from one another, from ${objectName} and from ${membersName(objectName)}`,
    received: (plan) => duplicates(services(plan)),
    remedy: 'leave out what is there already',
  },
  {
    id: 'store-port-is-unprivileged',
    prop: 'port',
    holds: ({ port }) => isWholeWithin(port, 1024, 65_535),
    rule: 'must be a whole number from 1024 to 65535',
    remedy: "leave it out for the protocol's own",
  },
  {
    id: 'store-cpu-is-enough',
    prop: 'cpu',
    holds: ({ cpu }) => Cpu.millis(10).isAtMost(cpu),
    rule: 'must be at least 10m',
    remedy: 'request what it was measured to use',
  },
  {
    id: 'store-cpu-limit-covers-the-request',
    prop: 'cpuLimit',
    holds: ({ cpu, cpuLimit }) => cpu.isAtMost(cpuLimit),
    rule: ({ cpu }) => `must be at least the request, ${cpu}`,
    remedy: 'raise it, or lower cpu',
  },
  {
    id: 'store-memory-is-enough',
    prop: 'memory',
    holds: ({ memory }) => Memory.mib(128).isAtMost(memory),
    rule: 'must be at least 128Mi',
    remedy: 'use 128Mi or more',
  },
  {
    id: 'store-memory-limit-covers-the-request',
    prop: 'memoryRequest',
    holds: ({ memoryRequest, memory }) => memoryRequest.inBytes > 0 && memoryRequest.isAtMost(memory),
    rule: ({ memory }) => `must be above 0 and at most memory, ${memory}`,
    remedy: 'lower it, or raise memory',
  },
  {
    id: 'store-volume-is-offered',
    prop: 'storage',
    holds: ({ storage }) => Memory.gib(1).isAtMost(storage) && storage.isAtMost(Memory.gib(16_384)),
    rule: 'must be from 1Gi to 16Ti, which a gp3 volume can be',
    remedy: 'start small: volumes can grow, never shrink',
  },
  {
    id: 'store-measured-rate-is-one',
    prop: 'measuredRps',
    holds: ({ measuredRps }) => measuredRps === undefined || isWholeWithin(measuredRps, 1, Number.MAX_SAFE_INTEGER),
    rule: 'must be a whole number of at least 1',
    remedy: 'leave it out until it was measured',
  },
  {
    id: 'store-password-version-counts',
    prop: 'passwordVersion',
    holds: ({ passwordVersion }) => isWholeWithin(passwordVersion, 1, Number.MAX_SAFE_INTEGER),
    rule: 'must be a whole number of at least 1',
    remedy: 'start at 1 and add 1 for each new password',
  },
];
