import { clusterServices } from '../../../lib/kubernetes/gitops/cluster-services-plan';
import type { ClusterServicesProps } from '../../../lib/kubernetes/gitops/cluster-services-props';
import { serviceNamespaces } from '../../../lib/kubernetes/gitops/service-namespaces';
import type { Manifest } from '../../support/manifests';

/** Velero, Chaos Mesh and Gatekeeper: what each may do, and what it can never do. */
const OWN = { name: 'default', bucket: 'shop-velero', region: 'eu-west-1' };
const COPY = { name: 'production', bucket: 'shop-velero-copy', region: 'us-east-1' };

const base: ClusterServicesProps = { clusterName: 'shop', region: 'eu-west-1' };

const all = (overrides: Partial<ClusterServicesProps>) => clusterServices({ ...base, ...overrides });

function find(name: string, overrides: Partial<ClusterServicesProps>) {
  const found = all(overrides).find((one) => one.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

const values = (name: string, overrides: Partial<ClusterServicesProps>): Manifest => find(name, overrides).values;

test('none of them runs where it is not asked for', () => {
  const names = all({}).map(({ name }) => name);
  expect(names.filter((name) => ['velero', 'chaos-mesh', 'gatekeeper'].includes(name))).toEqual([]);
});

describe('Velero', () => {
  const velero = (plan: ClusterServicesProps['velero']): Manifest => values('velero', { velero: plan ?? {} });

  test('has the identity that AWS knows it by, and no key of its own', () => {
    expect(find('velero', { velero: { writesTo: OWN } })).toMatchObject({
      layer: '10-controllers',
      namespace: 'velero',
      serviceAccount: 'velero-server',
    });
    expect(velero({ writesTo: OWN })).toMatchObject({
      credentials: { useSecret: false },
      serviceAccount: { server: { name: 'velero-server' } },
    });
  });

  test('writes to its own bucket, and only reads that of what it stands in for', () => {
    const { backupStorageLocation, defaultBackupStorageLocation } = velero({
      writesTo: OWN,
      restoresFrom: COPY,
    }).configuration;
    expect(defaultBackupStorageLocation).toBe('default');
    expect(backupStorageLocation).toEqual([
      {
        name: 'default',
        provider: 'aws',
        bucket: 'shop-velero',
        config: { region: 'eu-west-1' },
        default: true,
        accessMode: 'ReadWrite',
      },
      {
        name: 'production',
        provider: 'aws',
        bucket: 'shop-velero-copy',
        config: { region: 'us-east-1' },
        accessMode: 'ReadOnly',
      },
    ]);
  });

  test('where it only restores, no place is written to', () => {
    const { backupStorageLocation, defaultBackupStorageLocation } = velero({ restoresFrom: COPY }).configuration;
    expect(backupStorageLocation.map(({ accessMode }: Manifest) => accessMode)).toEqual(['ReadOnly']);
    expect(defaultBackupStorageLocation).toBeUndefined();
  });

  test('takes no snapshots and has no agents on nodes: volumes are a matter of AWS Backup', () => {
    expect(velero({ writesTo: OWN })).toMatchObject({ snapshotsEnabled: false, deployNodeAgent: false });
  });

  test('neither changes nor removes definitions by a Job', () => {
    expect(velero({ writesTo: OWN })).toMatchObject({ upgradeCRDs: false, cleanUpCRDs: false });
  });

  test('its plugin is of an exact version, and meets the level restricted like itself', () => {
    const { initContainers, podSecurityContext, containerSecurityContext } = velero({ writesTo: OWN });
    expect(initContainers[0].image).toMatch(/:v\d+\.\d+\.\d+$/);
    for (const context of [initContainers[0].securityContext, containerSecurityContext]) {
      expect(context).toMatchObject({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
    }
    expect(podSecurityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 65532, fsGroup: 65532 });
  });
});

describe('Chaos Mesh', () => {
  const chaos = values('chaos-mesh', { chaos: true });

  test('touches no namespace that is not marked', () => {
    expect(chaos.controllerManager.enableFilterNamespace).toBe(true);
  });

  test('shows no dashboard and answers no DNS', () => {
    expect([chaos.dashboard, chaos.dnsServer]).toEqual([{ create: false }, { create: false }]);
  });

  test('finds containers where EKS runs them, on every node', () => {
    expect(chaos.chaosDaemon).toMatchObject({
      runtime: 'containerd',
      socketPath: '/run/containerd/containerd.sock',
      tolerations: [{ operator: 'Exists' }],
    });
  });

  test('draws no certificate at rendering, and what it draws anyway is ignored', () => {
    expect(chaos.webhook.certManager).toEqual({ enabled: true });
    expect(chaos.controllerManager.chaosdSecurityMode).toBe(false);
    const { ignoreDifferences, uses } = find('chaos-mesh', { chaos: true });
    expect(uses).toEqual(['cert-manager.io/Certificate', 'cert-manager.io/Issuer']);
    expect(ignoreDifferences).toEqual(
      expect.arrayContaining([
        { group: 'apps', kind: 'DaemonSet', jqPathExpressions: ['.spec.template.metadata.annotations.rollme'] },
        { group: 'apps', kind: 'Deployment', jqPathExpressions: ['.spec.template.metadata.annotations.rollme'] },
      ]),
    );
  });

  test('says why its namespace is open, and is the only one of the three that is', () => {
    const open = serviceNamespaces(all({ chaos: true, constraints: true, velero: { writesTo: OWN } }), 'argocd').filter(
      ({ level }) => level !== 'restricted',
    );
    expect(open).toEqual([{ name: 'chaos-mesh', level: 'privileged', reason: expect.stringContaining('Chaos Mesh') }]);
  });
});

describe('Gatekeeper', () => {
  const gatekeeper = values('gatekeeper', { constraints: true });

  test('runs three times, of which one may be missing, whatever the stage', () => {
    for (const stage of ['development', 'staging', 'production'] as const) {
      const { replicas, pdb } = values('gatekeeper', { constraints: true, stage });
      expect([replicas, pdb.controllerManager.minAvailable]).toEqual([3, 2]);
    }
  });

  test('cannot lock anybody out: while it is down everything passes, changes of namespaces included', () => {
    expect(gatekeeper).toMatchObject({
      validatingWebhookFailurePolicy: 'Ignore',
      validatingWebhookCheckIgnoreFailurePolicy: 'Ignore',
      disableMutation: true,
    });
  });

  test('never looks at what the cluster is mended with', () => {
    const never = ['kube-system', 'kube-node-lease', 'kube-public', 'gatekeeper-system', 'argo'];
    const { validatingWebhookExemptNamespacesLabels, controllerManager } = values('gatekeeper', {
      constraints: true,
      argocdNamespace: 'argo',
    });
    expect(validatingWebhookExemptNamespacesLabels).toEqual({ 'kubernetes.io/metadata.name': never });
    expect(controllerManager.exemptNamespaces).toEqual(never);
  });

  test('is asked about what constraints compare, and nothing else', () => {
    expect(gatekeeper.validatingWebhookCustomRules.map(({ resources }: Manifest) => resources)).toEqual([
      ['horizontalpodautoscalers'],
      ['ingresses'],
    ]);
  });

  test('stands before templates and their constraints, and keeps its own certificate', () => {
    const { layer, ignoreDifferences } = find('gatekeeper', { constraints: true });
    expect(layer).toBe('00-crds');
    expect(ignoreDifferences.map(({ kind }) => kind)).toEqual(['ValidatingWebhookConfiguration', 'Secret']);
  });
});
