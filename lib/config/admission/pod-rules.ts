import { type AdmissionRule, type AdmissionVariable, celList } from './admission-rule';

/** The pod that an object is, or makes. */
const POD: AdmissionVariable = {
  name: 'pod',
  expression:
    "object.kind == 'Pod' ? object.spec : " +
    "(object.kind == 'CronJob' ? object.spec.jobTemplate.spec.template.spec : object.spec.template.spec)",
};

const list = (of: string): string => `(has(variables.pod.${of}) ? variables.pod.${of} : [])`;

/** Containers that Kubernetes sets room aside for. */
const LASTING: AdmissionVariable = {
  name: 'lasting',
  expression: `variables.pod.containers + ${list('initContainers')}`,
};

/** Those, and the ones that somebody added to look into the pod. */
const CONTAINERS: AdmissionVariable = {
  name: 'containers',
  expression: `variables.lasting + ${list('ephemeralContainers')}`,
};

const PODS = [POD, LASTING, CONTAINERS];

const each = (holds: string): string => `variables.containers.all(c, ${holds})`;

/** A field of a container's or the pod's security context, where both may lack. */
const secured = (of: 'c' | 'variables.pod', field: string): string =>
  `has(${of}.securityContext) && has(${of}.securityContext.${field})`;

/** What such a field must hold of wherever it is given. */
const wherever = (of: 'c' | 'variables.pod', field: string, holds: (value: string) => string): string =>
  `(!(${secured(of, field)}) || ${holds(`${of}.securityContext.${field}`)})`;

const isGroup = (value: string): string => `(${value} >= 1 && ${value} <= 65535)`;
const notRoot = (value: string): string => `${value} != 0`;

/** What an image may start with: all below a registry or path that ends in a slash, or one repository with any tag and digest. */
const starts = (from: readonly string[]): string[] =>
  from.flatMap((place) => (place.endsWith('/') ? [place] : [`${place}:`, `${place}@`]));

const imageRule = (from: readonly string[]): AdmissionRule => ({
  name: 'images',
  variables: PODS,
  validations: [
    {
      expression: each(`${celList(starts(from))}.exists(start, c.image.startsWith(start))`),
      message: `images must come from one of ${from.join(', ')}`,
    },
    {
      expression: each(
        "c.image.matches('@sha256:[0-9a-f]{64}$') || " +
          "(c.image.matches(':[A-Za-z0-9_][A-Za-z0-9_.-]*$') && !c.image.endsWith(':latest'))",
      ),
      message: 'images must have a digest, or a tag other than latest',
    },
  ],
});

const RESOURCES: AdmissionRule = {
  name: 'resources',
  variables: [POD, LASTING],
  validations: [
    {
      expression:
        'variables.lasting.all(c, has(c.resources) && has(c.resources.requests) && has(c.resources.limits) && ' +
        `${celList(['cpu', 'memory'])}.all(r, r in c.resources.requests && r in c.resources.limits))`,
      message: 'each container must have requests and limits of cpu and memory',
    },
  ],
};

const IDENTITIES: AdmissionRule = {
  name: 'identities',
  variables: PODS,
  validations: [
    {
      expression: each(
        `(${secured('c', 'runAsNonRoot')}) ? c.securityContext.runAsNonRoot : ` +
          `(${secured('variables.pod', 'runAsNonRoot')} && variables.pod.securityContext.runAsNonRoot)`,
      ),
      message: 'each container must run as non-root: set runAsNonRoot of the pod or of the container',
    },
    {
      expression: `${wherever('variables.pod', 'runAsUser', notRoot)} && ${each(wherever('c', 'runAsUser', notRoot))}`,
      message: 'no container may run as user 0',
    },
    {
      expression: [
        wherever('variables.pod', 'fsGroup', isGroup),
        wherever('variables.pod', 'runAsGroup', isGroup),
        wherever('variables.pod', 'supplementalGroups', (groups) => `${groups}.all(g, ${isGroup('g')})`),
        each(wherever('c', 'runAsGroup', isGroup)),
      ].join(' && '),
      message: 'groups must be from 1 to 65535: fsGroup, supplementalGroups and runAsGroup',
    },
  ],
};

const PRIVILEGES: AdmissionRule = {
  name: 'privileges',
  variables: PODS,
  validations: [
    {
      expression: each(
        `${secured('c', 'allowPrivilegeEscalation')} && !c.securityContext.allowPrivilegeEscalation && ` +
          wherever('c', 'privileged', (value) => `!${value}`),
      ),
      message: 'no container may be privileged, and each must say allowPrivilegeEscalation: false',
    },
    {
      expression: each(
        `${secured('c', 'capabilities')} && has(c.securityContext.capabilities.drop) && ` +
          "'ALL' in c.securityContext.capabilities.drop && (!has(c.securityContext.capabilities.add) || " +
          "c.securityContext.capabilities.add.all(one, one == 'NET_BIND_SERVICE'))",
      ),
      message: 'each container must drop ALL capabilities, and add none but NET_BIND_SERVICE',
    },
  ],
};

/** Volumes that hold nothing of the node. */
const VOLUMES = ['configMap', 'emptyDir', 'projected', 'secret', 'downwardAPI', 'persistentVolumeClaim'];

const HOST: AdmissionRule = {
  name: 'host',
  variables: PODS,
  validations: [
    {
      expression: ['hostNetwork', 'hostPID', 'hostIPC']
        .map((field) => `(!has(variables.pod.${field}) || !variables.pod.${field})`)
        .join(' && '),
      message: 'pods must have network, processes and memory of their own: no hostNetwork, hostPID or hostIPC',
    },
    {
      expression: each('!has(c.ports) || c.ports.all(p, !has(p.hostPort) || p.hostPort == 0)'),
      message: 'no container may take a port of its node: use a Service',
    },
    {
      expression: `!has(variables.pod.volumes) || variables.pod.volumes.all(v, ${VOLUMES.map((kind) => `has(v.${kind})`).join(' || ')})`,
      message: `volumes must be one of ${VOLUMES.join(', ')}`,
    },
  ],
};

/**
 * Rules for pods, and for what makes pods.
 *
 * @param from Where images may come from: registries or paths with a slash at their end, or full names of repositories.
 */
export const podRules = (from: readonly string[]): AdmissionRule[] => [
  imageRule(from),
  RESOURCES,
  IDENTITIES,
  PRIVILEGES,
  HOST,
];

/** A rule for Services: nothing is reached from outside but through the declared load balancers. */
export const SERVICE_RULE: AdmissionRule = {
  name: 'services',
  variables: [],
  validations: [
    {
      expression:
        "!has(object.spec.type) || object.spec.type == 'ClusterIP' || " +
        "(object.spec.type == 'ExternalName' && object.spec.externalName.endsWith('.svc.cluster.local'))",
      message: 'Services must be of type ClusterIP, or other names of one: load balancers are declared elsewhere',
    },
    {
      expression: '!has(object.spec.externalIPs) || size(object.spec.externalIPs) == 0',
      message: 'Services must not take addresses of others with externalIPs',
    },
  ],
};

/** What is asked before any of the rules: a change of anything else than the pods is none of theirs. */
export const POD_CONDITIONS = [
  { name: 'has-pods', expression: "object.kind in ['Pod', 'CronJob'] || has(object.spec.template)" },
  { name: 'pods-change', expression: "request.operation == 'CREATE' || object.spec != oldObject.spec" },
] as const;
