import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';

/** Why linters do not find what an object is about. */
const REASONS = {
  'of-a-rollout': 'its pods belong to an Argo Rollout, a kind that the linter does not know',
  'of-an-operator': 'its pods are made in the cluster, by an operator or by a chart',
  'of-a-job': 'its pods belong to a Job that Argo Rollouts makes of an AnalysisTemplate',
} as const;

/** What kube-score says about an object whose pods it does not see. Source: kube-score, README_CHECKS.md @06dedc9. */
const SCORE: Readonly<Record<string, string>> = {
  HorizontalPodAutoscaler: 'horizontalpodautoscaler-has-target',
  NetworkPolicy: 'networkpolicy-targets-pod',
  Service: 'service-targets-pod',
};

/** The same of kube-linter. Source: kube-linter, docs/generated/checks.md @35de568. */
const LINTER: Readonly<Record<string, string>> = {
  HorizontalPodAutoscaler: 'dangling-horizontalpodautoscaler',
  NetworkPolicy: 'dangling-networkpolicy',
  Service: 'dangling-service',
};

const objectOf = (construct: IConstruct): ApiObject =>
  ApiObject.isApiObject(construct) ? construct : ApiObject.of(construct);

/** Tells linters, and who reads them, why what they miss is there. */
export function lintReasons(construct: IConstruct, reason: keyof typeof REASONS): void {
  const { metadata, kind } = objectOf(construct);
  const [score, linter] = [SCORE[kind], LINTER[kind]];
  if (score !== undefined) metadata.addAnnotation('kube-score/ignore', score);
  if (linter !== undefined) metadata.addAnnotation(`ignore-check.kube-linter.io/${linter}`, REASONS[reason]);
}

/** The same for a Rollout that is not named after its service. */
export function renamedReason(rollout: ApiObject): void {
  const check = 'ignore-check.kube-linter.io/metadata-and-instance-mismatched';
  rollout.metadata.addAnnotation(check, 'documents name the Rollout otherwise than the service that it is of');
}
