/** Custom resources that charts define, as `group/Kind`. Read in the same files as the charts themselves. */

const inGroup = (group: string, ...kinds: readonly string[]): string[] => kinds.map((kind) => `${group}/${kind}`);

export const ARGO_CD_KINDS = inGroup('argoproj.io', 'AppProject', 'Application', 'ApplicationSet');

export const ARGO_ROLLOUTS_KINDS = inGroup(
  'argoproj.io',
  'AnalysisRun',
  'AnalysisTemplate',
  'ClusterAnalysisTemplate',
  'Experiment',
  'Rollout',
);

export const LOAD_BALANCER_KINDS = [
  ...inGroup('aga.k8s.aws', 'GlobalAccelerator'),
  ...inGroup('elbv2.k8s.aws', 'ALBTargetControlConfig', 'IngressClassParams', 'TargetGroupBinding'),
  ...inGroup('gateway.k8s.aws', 'ListenerRuleConfiguration', 'LoadBalancerConfiguration', 'TargetGroupConfiguration'),
];

export const CERT_MANAGER_KINDS = [
  ...inGroup('acme.cert-manager.io', 'Challenge', 'Order'),
  ...inGroup('cert-manager.io', 'Certificate', 'CertificateRequest', 'ClusterIssuer', 'Issuer'),
];

export const CHAOS_MESH_KINDS = inGroup(
  'chaos-mesh.org',
  'AWSChaos',
  'AzureChaos',
  'BlockChaos',
  'DNSChaos',
  'GCPChaos',
  'HTTPChaos',
  'IOChaos',
  'JVMChaos',
  'KernelChaos',
  'NetworkChaos',
  'PhysicalMachine',
  'PhysicalMachineChaos',
  'PodChaos',
  'PodHttpChaos',
  'PodIOChaos',
  'PodNetworkChaos',
  'RemoteCluster',
  'Schedule',
  'StatusCheck',
  'StressChaos',
  'TimeChaos',
  'Workflow',
  'WorkflowNode',
);

export const ELASTIC_KINDS = [
  ...inGroup('agent.k8s.elastic.co', 'Agent'),
  ...inGroup('apm.k8s.elastic.co', 'ApmServer'),
  ...inGroup('autoops.k8s.elastic.co', 'AutoOpsAgentPolicy'),
  ...inGroup('autoscaling.k8s.elastic.co', 'ElasticsearchAutoscaler'),
  ...inGroup('beat.k8s.elastic.co', 'Beat'),
  ...inGroup('elasticsearch.k8s.elastic.co', 'Elasticsearch'),
  ...inGroup('enterprisesearch.k8s.elastic.co', 'EnterpriseSearch'),
  ...inGroup('kibana.k8s.elastic.co', 'Kibana'),
  ...inGroup('logstash.k8s.elastic.co', 'Logstash'),
  ...inGroup('maps.k8s.elastic.co', 'ElasticMapsServer'),
  ...inGroup('packageregistry.k8s.elastic.co', 'PackageRegistry'),
  ...inGroup('stackconfigpolicy.k8s.elastic.co', 'StackConfigPolicy'),
];

export const EXTERNAL_SECRETS_KINDS = [
  ...inGroup(
    'external-secrets.io',
    'ClusterExternalSecret',
    'ClusterPushSecret',
    'ClusterSecretStore',
    'ExternalSecret',
    'PushSecret',
    'SecretStore',
  ),
  ...inGroup(
    'generators.external-secrets.io',
    'ACRAccessToken',
    'BeyondtrustWorkloadCredentialsDynamicSecret',
    'CloudsmithAccessToken',
    'ClusterGenerator',
    'ECRAuthorizationToken',
    'Fake',
    'GCRAccessToken',
    'GeneratorState',
    'GithubAccessToken',
    'GitlabDeployToken',
    'Grafana',
    'MFA',
    'Password',
    'QuayAccessToken',
    'SSHKey',
    'STSSessionToken',
    'UUID',
    'VaultDynamicSecret',
    'Webhook',
  ),
];

/** Constraints are of kinds that each template makes, in `constraints.gatekeeper.sh`. */
export const GATEKEEPER_KINDS = [
  ...inGroup('config.gatekeeper.sh', 'Config'),
  ...inGroup('connection.gatekeeper.sh', 'Connection'),
  ...inGroup('expansion.gatekeeper.sh', 'ExpansionTemplate'),
  ...inGroup('externaldata.gatekeeper.sh', 'Provider'),
  ...inGroup('mutations.gatekeeper.sh', 'Assign', 'AssignImage', 'AssignMetadata', 'ModifySet'),
  ...inGroup(
    'status.gatekeeper.sh',
    'ConfigPodStatus',
    'ConnectionPodStatus',
    'ConstraintPodStatus',
    'ConstraintTemplatePodStatus',
    'ExpansionTemplatePodStatus',
    'MutatorPodStatus',
    'ProviderPodStatus',
  ),
  ...inGroup('syncset.gatekeeper.sh', 'SyncSet'),
  ...inGroup('templates.gatekeeper.sh', 'ConstraintTemplate'),
];

export const ISTIO_KINDS = [
  ...inGroup('extensions.istio.io', 'TrafficExtension', 'WasmPlugin'),
  ...inGroup(
    'networking.istio.io',
    'DestinationRule',
    'EnvoyFilter',
    'Gateway',
    'ProxyConfig',
    'ServiceEntry',
    'Sidecar',
    'VirtualService',
    'WorkloadEntry',
    'WorkloadGroup',
  ),
  ...inGroup('security.istio.io', 'AuthorizationPolicy', 'PeerAuthentication', 'RequestAuthentication'),
  ...inGroup('telemetry.istio.io', 'Telemetry'),
];

export const KARPENTER_KINDS = [
  ...inGroup('autoscaling.x-k8s.io', 'CapacityBuffer'),
  ...inGroup('karpenter.k8s.aws', 'EC2NodeClass'),
  ...inGroup('karpenter.sh', 'NodeClaim', 'NodeOverlay', 'NodePool'),
];

export const KEDA_KINDS = [
  ...inGroup('eventing.keda.sh', 'CloudEventSource', 'ClusterCloudEventSource'),
  ...inGroup('keda.sh', 'ClusterTriggerAuthentication', 'ScaledJob', 'ScaledObject', 'TriggerAuthentication'),
];

export const PROMETHEUS_KINDS = inGroup(
  'monitoring.coreos.com',
  'Alertmanager',
  'AlertmanagerConfig',
  'PodMonitor',
  'Probe',
  'Prometheus',
  'PrometheusAgent',
  'PrometheusRule',
  'ScrapeConfig',
  'ServiceMonitor',
  'ThanosRuler',
);

export const VELERO_KINDS = inGroup(
  'velero.io',
  'Backup',
  'BackupRepository',
  'BackupStorageLocation',
  'DataDownload',
  'DataUpload',
  'DeleteBackupRequest',
  'DownloadRequest',
  'PodVolumeBackup',
  'PodVolumeRestore',
  'Restore',
  'Schedule',
  'ServerStatusRequest',
  'VolumeSnapshotLocation',
);

export const VERTICAL_AUTOSCALER_KINDS = inGroup(
  'autoscaling.k8s.io',
  'VerticalPodAutoscaler',
  'VerticalPodAutoscalerCheckpoint',
);
