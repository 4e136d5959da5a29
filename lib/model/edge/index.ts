export type { EdgeFirewallSpec, EdgeSpec } from './edge';
export { EDGE_CHECKS, inspectEdgeSpec } from './edge-checks';
export {
  type EdgeName,
  type EdgeNames,
  edgeNames,
  isReachable,
  originName,
  ownNames,
  type Reachable,
  type RegionPair,
  regionalName,
  regionPairs,
} from './edge-names';
export { ALIAS_TTL, type FailoverHealthSpec, failoverDetection, timeToDetect } from './failover';
export { MANAGED_RULE_GROUPS, type ManagedRuleGroup, WEB_ACL_CAPACITY, webAclCapacity } from './managed-rules';
export {
  type DelegatedZoneSpec,
  isInZone,
  type PublicDnsSpec,
  type PublicZoneSpec,
  zoneOf,
  zonesOf,
} from './public-dns';
export { inspectPublicDns, PUBLIC_DNS_CHECKS } from './public-dns-checks';
export { PUBLIC_DNS_ZONE_CHECKS } from './public-zone-checks';
export {
  type StoppingPods,
  type TargetAlgorithm,
  type TargetGroupSpec,
  type TargetHealthCheck,
  targetPorts,
  timeToEject,
} from './target-group';
export { TARGET_GROUP_CHECKS } from './target-group-checks';
export { type TargetGroupIdentity, targetGroupName } from './target-group-name';
export {
  CLOUDFRONT_TLS_POLICIES,
  type CloudFrontTlsPolicy,
  LOAD_BALANCER_TLS_POLICIES,
  type LoadBalancerTlsPolicy,
} from './tls-policies';
export {
  blueGreenWeights,
  type SplitTraffic,
  TRAFFIC_WEIGHT_CHECKS,
  type TrafficWeights,
} from './traffic-weights';
