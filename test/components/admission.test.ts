import { AdmissionPolicies } from '../../lib/kubernetes';
import { type Manifest, manifests } from '../support/manifests';
import { ENVIRONMENTS, everyOutput } from '../support/platforms';
import { admit, hasCel } from './support/cel';

const describeWithCel = hasCel ? describe : describe.skip;

const IMAGES = ['registry.example.com/shop/', 'docker.io/library/redis'];

const policies = (): Manifest[] =>
  manifests(
    (chart) => new AdmissionPolicies(chart, 'Admission', { name: 'shop', namespace: 'shop', images: IMAGES }),
  ).filter(({ kind }) => kind === 'ValidatingAdmissionPolicy');

const matches = (policy: Manifest, { apiVersion, kind }: Manifest): boolean => {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  return policy.spec.matchConstraints.resourceRules.some(
    ({ apiGroups, apiVersions, resources }: Manifest) =>
      apiGroups.includes(group) && apiVersions.includes(version) && resources.includes(`${kind.toLowerCase()}s`),
  );
};

const amounts = { cpu: '100m', memory: '128Mi' };

const CONTAINER = {
  name: 'orders',
  image: 'registry.example.com/shop/orders:1.0.0',
  ports: [{ containerPort: 8080 }],
  resources: { requests: amounts, limits: amounts },
  securityContext: { runAsUser: 10_001, allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
};

const POD = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'orders' },
  spec: {
    securityContext: { runAsNonRoot: true, fsGroup: 10_001 },
    containers: [CONTAINER],
    volumes: [{ name: 'tmp', emptyDir: {} }],
  },
};

const pod = (spec: object): Manifest => ({ ...POD, spec: { ...POD.spec, ...spec } });
const container = (changes: object): Manifest => pod({ containers: [{ ...CONTAINER, ...changes }] });
const secured = (changes: object): Manifest =>
  container({ securityContext: { ...CONTAINER.securityContext, ...changes } });
const within = (kind: string, apiVersion: string, spec: object): Manifest => ({
  apiVersion,
  kind,
  metadata: { name: 'orders' },
  spec,
});
const SERVICE = within('Service', 'v1', { type: 'ClusterIP', ports: [{ port: 80 }] });
const service = (spec: object): Manifest => ({ ...SERVICE, spec: { ...SERVICE.spec, ...spec } });

const told = (object: Manifest, oldObject?: Manifest): string[] =>
  admit(
    policies()
      .filter((policy) => matches(policy, object))
      .map((policy) => ({ policy, object, ...(oldObject && { oldObject }) })),
  ).flat();

const SOURCE = 'images must come from one of registry.example.com/shop/, docker.io/library/redis';
const PINNED = 'images must have a digest, or a tag other than latest';
const AMOUNTS = 'each container must have requests and limits of cpu and memory';
const NON_ROOT = 'each container must run as non-root: set runAsNonRoot of the pod or of the container';
const NOT_ZERO = 'no container may run as user 0';
const GROUPS = 'groups must be from 1 to 65535: fsGroup, supplementalGroups and runAsGroup';
const PRIVILEGED = 'no container may be privileged, and each must say allowPrivilegeEscalation: false';
const CAPABILITIES = 'each container must drop ALL capabilities, and add none but NET_BIND_SERVICE';
const OWN = 'pods must have network, processes and memory of their own: no hostNetwork, hostPID or hostIPC';
const PORT = 'no container may take a port of its node: use a Service';
const VOLUME = 'volumes must be one of configMap, emptyDir, projected, secret, downwardAPI, persistentVolumeClaim';
const TYPE = 'Services must be of type ClusterIP, or other names of one: load balancers are declared elsewhere';
const ADDRESSES = 'Services must not take addresses of others with externalIPs';
const digest = `sha256:${'0'.repeat(64)}`;

describeWithCel('what the API server admits', () => {
  const refusals: [it: string, object: Manifest, messages: string[]][] = [
    ['an image from elsewhere', container({ image: 'docker.io/library/nginx:1.30' }), [SOURCE]],
    ['a repository whose name only starts alike', container({ image: 'docker.io/library/redis-x:7' }), [SOURCE]],
    ['a path that only starts alike', container({ image: 'registry.example.com/shopping/a:1' }), [SOURCE]],
    ['the newest image', container({ image: 'registry.example.com/shop/orders:latest' }), [PINNED]],
    ['an image without a tag', container({ image: 'registry.example.com/shop/orders' }), [PINNED]],
    ['an init container from elsewhere', pod({ initContainers: [{ ...CONTAINER, image: 'alpine:3' }] }), [SOURCE]],
    [
      'somebody looking in with another image',
      pod({ ephemeralContainers: [{ ...CONTAINER, image: 'busybox:1' }] }),
      [SOURCE],
    ],
    ['no limits', container({ resources: { requests: amounts } }), [AMOUNTS]],
    ['no requests', container({ resources: { limits: amounts } }), [AMOUNTS]],
    ['no memory', container({ resources: { requests: { cpu: '1' }, limits: amounts } }), [AMOUNTS]],
    ['no limit of cpu', container({ resources: { requests: amounts, limits: { memory: '1Gi' } } }), [AMOUNTS]],
    ['nothing about root', pod({ securityContext: {} }), [NON_ROOT]],
    ['no security context', pod({ securityContext: undefined }), [NON_ROOT]],
    ['a container that may be root', secured({ runAsNonRoot: false }), [NON_ROOT]],
    ['user 0', secured({ runAsUser: 0 }), [NOT_ZERO]],
    ['user 0 for the pod', pod({ securityContext: { runAsNonRoot: true, runAsUser: 0 } }), [NOT_ZERO]],
    ["root's group", secured({ runAsGroup: 0 }), [GROUPS]],
    ["root's group for files", pod({ securityContext: { runAsNonRoot: true, fsGroup: 0 } }), [GROUPS]],
    ['a group that is none', pod({ securityContext: { runAsNonRoot: true, fsGroup: 65_536 } }), [GROUPS]],
    [
      "root's among other groups",
      pod({ securityContext: { runAsNonRoot: true, supplementalGroups: [1, 0] } }),
      [GROUPS],
    ],
    ['privileges', secured({ privileged: true }), [PRIVILEGED]],
    ['more rights later', secured({ allowPrivilegeEscalation: true }), [PRIVILEGED]],
    ['nothing about more rights', secured({ allowPrivilegeEscalation: undefined }), [PRIVILEGED]],
    ['capabilities kept', secured({ capabilities: {} }), [CAPABILITIES]],
    ['a capability', secured({ capabilities: { drop: ['ALL'], add: ['NET_ADMIN'] } }), [CAPABILITIES]],
    ["the node's network", pod({ hostNetwork: true }), [OWN]],
    ["the node's processes", pod({ hostPID: true }), [OWN]],
    ["the node's memory", pod({ hostIPC: true }), [OWN]],
    ['a port of the node', container({ ports: [{ containerPort: 80, hostPort: 80 }] }), [PORT]],
    ['a folder of the node', pod({ volumes: [{ name: 'a', hostPath: { path: '/' } }] }), [VOLUME]],
    ['one of two volumes of the node', pod({ volumes: [...POD.spec.volumes, { name: 'a', nfs: {} }] }), [VOLUME]],
    ['a Deployment of such pods', within('Deployment', 'apps/v1', { template: pod({ hostPID: true }) }), [OWN]],
    ['a Rollout of such pods', within('Rollout', 'argoproj.io/v1alpha1', { template: pod({ hostPID: true }) }), [OWN]],
    ['a Job of such pods', within('Job', 'batch/v1', { template: pod({ hostPID: true }) }), [OWN]],
    [
      'a CronJob of such pods',
      within('CronJob', 'batch/v1', { jobTemplate: { spec: { template: pod({ hostPID: true }) } } }),
      [OWN],
    ],
    ['a port of every node', service({ type: 'NodePort' }), [TYPE]],
    ['a load balancer of its own', service({ type: 'LoadBalancer' }), [TYPE]],
    ['another name of a stranger', service({ type: 'ExternalName', externalName: 'evil.example.com' }), [TYPE]],
    ['addresses of others', service({ externalIPs: ['10.0.0.1'] }), [ADDRESSES]],
  ];

  test.each(refusals)('refuses %s', (_, object, messages) => {
    expect(told(JSON.parse(JSON.stringify(object)))).toEqual(messages);
  });

  test.each([
    ['a hardened pod', POD],
    ['an image by digest', container({ image: `registry.example.com/shop/orders@${digest}` })],
    ['an image by tag and digest', container({ image: `docker.io/library/redis:7.2.11-alpine@${digest}` })],
    ['the last group', pod({ securityContext: { runAsNonRoot: true, fsGroup: 65_535, supplementalGroups: [1] } })],
    [
      'a container that says itself that it is not root',
      { ...POD, spec: { ...secured({ runAsNonRoot: true }).spec, securityContext: {} } },
    ],
    ['a low port', secured({ capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] } })],
    ['a pod without volumes', pod({ volumes: undefined })],
    ['a Rollout that refers to a Deployment', within('Rollout', 'argoproj.io/v1alpha1', { workloadRef: {} })],
    ['a Service', SERVICE],
    ['a Service without a type', service({ type: undefined })],
    ['another name of a Service', service({ type: 'ExternalName', externalName: 'a.shop.svc.cluster.local' })],
  ] as [string, Manifest][])('admits %s', (_, object) => {
    expect(told(JSON.parse(JSON.stringify(object)))).toEqual([]);
  });

  test('a change of anything but the pods of an object that was there before is let through', () => {
    const before = pod({ hostPID: true });
    expect(told({ ...before, metadata: { name: 'orders', labels: { a: 'b' } } }, before)).toEqual([]);
    expect(told(pod({ hostPID: true, hostIPC: true }), before)).toEqual([OWN]);
  });

  test('everything that any environment emits is admitted there', () => {
    const { objects } = everyOutput();
    const asked = ENVIRONMENTS.flatMap((environment) => {
      const all = objects(environment);
      const rules = all.filter(({ kind }) => kind === 'ValidatingAdmissionPolicy');
      return all.flatMap((object) =>
        object.metadata?.namespace === undefined
          ? []
          : rules.filter((policy) => matches(policy, object)).map((policy) => ({ policy, object })),
      );
    });
    expect(asked.length).toBeGreaterThan(200);
    const refused = admit(asked).flatMap((messages, index) =>
      messages.map((message) => `${asked[index]?.object.kind} ${asked[index]?.object.metadata.name}: ${message}`),
    );
    expect(refused).toEqual([]);
  });
});
