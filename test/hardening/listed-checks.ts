/** Names of the checks of one tool, by a line each. */
const names = (text: string): readonly string[] => text.trim().split(/\s+/);

const numbered = (prefix: string, text: string): readonly string[] => names(text).map((number) => prefix + number);

/** kube-score: what is on by default, and the optional ones that say something about us. */
export const KUBE_SCORE = names(`
  deployment-strategy deployment-replicas ingress-targets-service cronjob-has-deadline cronjob-restartpolicy
  container-resources container-image-tag container-image-pull-policy container-ephemeral-storage-request-and-limit
  environment-variable-key-duplication statefulset-has-poddisruptionbudget deployment-has-poddisruptionbudget
  poddisruptionbudget-has-policy pod-networkpolicy networkpolicy-targets-pod pod-probes pod-probes-identical
  container-security-context-user-group-id container-security-context-privileged
  container-security-context-readonlyrootfilesystem service-targets-pod service-type stable-version
  deployment-has-host-podantiaffinity statefulset-has-host-podantiaffinity
  deployment-targeted-by-hpa-does-not-have-replicas-configured statefulset-has-servicename
  deployment-pod-selector-labels-match-template-metadata-labels
  statefulset-pod-selector-labels-match-template-metadata-labels label-values horizontalpodautoscaler-has-target
  horizontalpodautoscaler-replicas pod-topology-spread-constraints
  container-seccomp-profile container-resource-requests-equal-limits container-cpu-requests-equal-limits
  container-memory-requests-equal-limits container-ephemeral-storage-request-equals-limit container-ports-check
`);

/** kube-linter: what is on by default, and what is worth passing although it is off. */
export const KUBE_LINTER = names(`
  dangling-service deprecated-service-account-field docker-sock drop-net-raw-capability duplicate-env-var
  env-var-secret host-ipc host-network host-pid invalid-target-ports job-ttl-seconds-after-finished latest-tag
  liveness-port readiness-port startup-port mismatching-selector no-anti-affinity no-extensions-v1beta
  no-read-only-root-fs non-existent-service-account pdb-max-unavailable pdb-min-available
  pdb-unhealthy-pod-eviction-policy privilege-escalation-container privileged-container run-as-non-root
  sensitive-host-mounts ssh-port unsafe-sysctls unset-cpu-requirements unset-memory-requirements
  access-to-create-pods access-to-secrets cluster-admin-role-binding dangling-horizontalpodautoscaler dangling-ingress
  dangling-networkpolicy dangling-networkpolicypeer-podselector dangling-servicemonitor default-service-account
  exposed-services hpa-minimum-three-replicas minimum-three-replicas no-liveness-probe no-readiness-probe
  no-rolling-update-strategy non-isolated-pod priority-class-name privileged-ports read-secret-from-env-var
  restart-policy schema-validation unsafe-proc-mount use-namespace wildcard-in-rules writable-host-mount
`);

/** polaris: what it calls a danger, then what it warns about. */
export const POLARIS = names(`
  tagNotSpecified hostIPCSet hostPIDSet hostNetworkSet privilegeEscalationAllowed runAsRootAllowed runAsPrivileged
  dangerousCapabilities sensitiveContainerEnvVar sensitiveConfigmapContent clusterrolePodExecAttach rolePodExecAttach
  clusterrolebindingPodExecAttach rolebindingClusterRolePodExecAttach rolebindingRolePodExecAttach
  clusterrolebindingClusterAdmin rolebindingClusterAdminClusterRole rolebindingClusterAdminRole
  deploymentMissingReplicas priorityClassNotSet pullPolicyNotAlways readinessProbeMissing livenessProbeMissing
  metadataAndInstanceMismatched pdbDisruptionsIsZero missingPodDisruptionBudget topologySpreadConstraint
  hpaMaxAvailability hpaMinAvailability pdbMinAvailableGreaterThanHPAMinReplicas cpuRequestsMissing cpuLimitsMissing
  memoryRequestsMissing memoryLimitsMissing automountServiceAccountToken hostPathSet hostProcess linuxHardening
  missingNetworkPolicy notReadOnlyRootFilesystem procMount insecureCapabilities hostPortSet tlsSettingsMissing
`);

/** checkov: what it asks of workloads. Its other numbers are flags of a control plane, which EKS keeps to itself. */
export const CHECKOV_KUBERNETES = [
  ...numbered(
    'CKV_K8S_',
    `8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 25 26 27 28 29 30 31 33 34 35 37 38 39 40 41 42 43 44 45 49
     152 153 154 155 156 157 158 159`,
  ),
  ...numbered('CKV2_K8S_', '1 2 3 4 5 6'),
];

/** checkov: what it asks of EKS, nodes, databases, caches, networks, keys, logs, secrets, buckets, roles and the edge. */
export const CHECKOV_AWS = [
  ...numbered(
    'CKV_AWS_',
    `37 38 39 58 100 339
     79 341 88 46 153 315
     16 17 118 129 133 157 161 211 226 250 293 353 354 388
     96 139 162 313 324 325 326 327 140 245
     29 30 31 191 134 322 323
     130 23 24 25 260 277 382 148 352
     7 33 227 66 338 158 149 304 26 169 385
     18 19 145 20 57 21 53 54 55 56 144 300
     60 61 62 63 107 108 109 110 111 274 356
     2 103 91 131 150 152 261 328
     166`,
  ),
  ...numbered('CKV2_AWS_', '60 69 8 27 50 5 11 12 1 19 44 64 6 61 62 65 40 56 20 28 74 23 38 39'),
];

/** cdk-nag's names for more of the same. */
export const CDK_NAG = names('EKS1 EKS2 RDS2 RDS3 RDS6 RDS8 RDS10 RDS11 RDS13 AEC1 AEC3 AEC4 AEC5 AEC6 VPC7 EC23 EC27');
