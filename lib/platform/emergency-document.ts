import { Chart } from 'cdk8s';
import { yamlText } from '../config';
import { NginxProxy, setTargetVersion } from '../kubernetes';
import type { EnvironmentSpec, GatewaySpec, PlatformSpec } from '../model';
import type { FileTree } from './output/file-tree';
import { ManifestApp } from './output/manifest-app';
import { planEmergency } from './plan/plan-emergency';

const FILE = 'emergency-rate-limiting.yaml';

/** What differs from the gateway as it is: its configuration, and the pods, which are replaced because that changed. */
const CHANGED: readonly string[] = ['ConfigMap', 'Deployment'];

/** How it is applied and taken back, at its head: who needs it has no time to look elsewhere. */
function head(platform: string, environment: EnvironmentSpec, { name }: GatewaySpec): string {
  const { namespace } = environment;
  const [limit] = planEmergency(platform, environment)?.limits ?? [];
  const folder = `${platform}/${environment.name}`;
  return [
    `Emergency rate limiting of ${folder}: the limits of ${name} are replaced by ${limit?.rate} for each client, with a`,
    `burst of ${limit?.burst}. What is above is answered with 429 at once. Not part of any layer; nothing applies it by itself.`,
    '',
    ...(environment.gitops === undefined
      ? []
      : [
          'hold:     kubectl -n argocd scale statefulset/argocd-application-controller --replicas=0 (or Argo CD puts it back)',
        ]),
    `apply:    kubectl apply -n ${namespace} -f emergency/${folder}/${FILE}`,
    `watch:    kubectl rollout status -n ${namespace} deployment/${name}`,
    `go back:  kubectl apply -n ${namespace} -f kubernetes/${folder}/30-workloads/${name}.yaml`,
    ...(environment.gitops === undefined
      ? []
      : ['let go:   kubectl -n argocd scale statefulset/argocd-application-controller --replicas=1']),
  ]
    .map((line) => `# ${line}`.trimEnd())
    .join('\n');
}

/** The gateway of an environment with the limit that it has in an emergency, as a file to apply; none without a declaration. */
export function emergencies({ name: platform }: PlatformSpec, environment: EnvironmentSpec): FileTree {
  const { gateway, name, namespace, cluster } = environment;
  const props = planEmergency(platform, environment);
  if (gateway === undefined || props === undefined) return new Map();
  const chart = new Chart(new ManifestApp(), name, { namespace, disableResourceNameHashes: true });
  if (cluster.version !== undefined) setTargetVersion(chart, cluster.version);
  new NginxProxy(chart, gateway.name, props);
  const objects: { readonly kind: string }[] = chart.toJson();
  const text = objects
    .filter(({ kind }) => CHANGED.includes(kind))
    .map((object) => `---\n${yamlText(object)}`)
    .join('');
  return new Map([[FILE, `${head(platform, environment, gateway)}\n${text}`]]);
}
