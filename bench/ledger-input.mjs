// What the ledger is measured on: as many workloads, on as many node groups.

/** Different numbers, the same in every run. */
function chance(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const SELECTED = (pool) => `      nodeSelector: { pool: "${pool}" }\n`;

function workload(index, groups) {
  const random = chance(index + 1);
  const [name, namespace] = [`service-${index}`, `team-${index % 20}`];
  const [cpu, memory] = [50 + 10 * random(120), 64 + 16 * random(120)];
  const least = 2 + random(3);
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  selector: { matchLabels: { app: ${name} } }
  strategy: { rollingUpdate: { maxSurge: 25%, maxUnavailable: 0 } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
${random(2) === 0 ? SELECTED(random(groups)) : ''}      serviceAccountName: ${name}
      containers:
        - name: main
          image: example.com/${name}:1.0.0
          resources:
            requests: { cpu: ${cpu}m, memory: ${memory}Mi, ephemeral-storage: 256Mi }
            limits: { cpu: ${2 * cpu}m, memory: ${memory}Mi }
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: topology.kubernetes.io/zone
          whenUnsatisfiable: ${random(10) === 0 ? 'DoNotSchedule' : 'ScheduleAnyway'}
          labelSelector: { matchLabels: { app: ${name} } }
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: ${name} }
  minReplicas: ${least}
  maxReplicas: ${least + 1 + random(16)}
  metrics:
    - type: Resource
      resource: { name: cpu, target: { type: Utilization, averageUtilization: 70 } }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: ${name}, namespace: ${namespace} }
spec: { maxUnavailable: 1, selector: { matchLabels: { app: ${name} } } }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: ${name}, namespace: ${namespace} }
`;
}

/** Two for each zone: one has too few addresses for thousands of pods. */
const SUBNETS = ['a1', 'a2', 'b1', 'b2', 'c1', 'c2'];

/** Room grows with the workloads, so that it is packing that is measured and not how soon it fails. */
const nodeGroup = (index, workloads, groups) => ({
  cluster_name: 'shop',
  node_group_name: `pool-${index}`,
  instance_types: ['m6i.4xlarge'],
  labels: { pool: `${index}` },
  scaling_config: { min_size: 0, max_size: 6 + Math.ceil((1.2 * workloads) / groups), desired_size: 3 },
  subnet_ids: SUBNETS.map((subnet) => `\${aws_subnet.${subnet}.id}`),
});

/** Manifests and Terraform JSON, as texts. */
export function ledgerInput(workloads, groups) {
  const manifests = Array.from({ length: workloads }, (_, index) => workload(index, groups)).join('---\n');
  const terraform = JSON.stringify({
    resource: {
      aws_eks_node_group: Object.fromEntries(
        Array.from({ length: groups }, (_, index) => [`pool-${index}`, nodeGroup(index, workloads, groups)]),
      ),
      aws_subnet: Object.fromEntries(
        SUBNETS.map((subnet, index) => [
          subnet,
          { cidr_block: `10.${index}.0.0/16`, availability_zone: `eu-west-1${subnet[0]}` },
        ]),
      ),
    },
  });
  return { manifests, terraform };
}
