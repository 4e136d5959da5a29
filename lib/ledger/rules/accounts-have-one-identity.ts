import { evidenceIn } from '../configured';
import { textAt } from '../members';
import type { Rule, Verdict } from '../rule';
import { blockName, objectName, type TerraformBlock } from '../source';
import { unknown } from './compared';

const ANNOTATION = 'eks.amazonaws.com/role-arn';

/** A service account gets its role in one way. Two associations for one account are another rule's. */
export const accountsHaveOneIdentity: Rule = {
  id: 'accounts-have-one-identity',
  severity: 'warning',
  protects:
    'pods act with the role of the annotation while everybody looks at the one that is associated: permissions that were taken away stay',
  formula: 'no ServiceAccount with the annotation eks.amazonaws.com/role-arn has a Pod Identity association as well',
  source:
    'EKS user guide, "Understand how EKS Pod Identity works": credentials that come earlier in the chain go on being used',
  scenarios: ['ordinary'],
  judge: ({ objects, blocks }) => {
    const accounts = objects.filter(
      ({ kind, apiVersion, value }) =>
        kind === 'ServiceAccount' &&
        apiVersion === 'v1' &&
        textAt(value, 'metadata', 'annotations', ANNOTATION) !== undefined,
    );
    if (accounts.length === 0) return [];
    const isGiven = blocks.some(
      ({ type }) => type === 'aws_eks_cluster' || type === 'aws_eks_pod_identity_association',
    );
    const associated = new Map<string, TerraformBlock>();
    for (const block of blocks)
      if (block.type === 'aws_eks_pod_identity_association')
        associated.set(`${textAt(block.value, 'namespace')}/${textAt(block.value, 'service_account')}`, block);
    return accounts.map((account): Verdict => {
      const subject = objectName(account);
      const evidence = evidenceIn(account, `/metadata/annotations/${ANNOTATION.replace('/', '~1')}`);
      const other = associated.get(`${account.namespace ?? 'default'}/${account.name}`);
      if (other !== undefined)
        return {
          outcome: 'broken',
          subject,
          evidence: [evidence, evidenceIn(other, '/service_account')],
          arithmetic: `it names a role, and ${blockName(other)} associates one; programs take that of the annotation`,
          remedy: 'remove the annotation, or the association',
        };
      return isGiven
        ? { outcome: 'holds', subject, evidence: [evidence], arithmetic: 'its role comes from the annotation alone' }
        : unknown(subject, 'the Terraform of the cluster with its Pod Identity associations');
    });
  },
};
