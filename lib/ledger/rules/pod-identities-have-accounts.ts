import { accountsOfCharts } from '../cloud/chart-accounts';
import { textAt } from '../members';
import type { Rule, Verdict } from '../rule';
import { blockName } from '../source';
import { unknown } from './compared';

/** Both sides name the same service account, and AWS names it once. */
export const podIdentitiesHaveAccounts: Rule = {
  id: 'pod-identities-have-accounts',
  severity: 'error',
  protects: 'pods start without credentials and fail with AccessDenied, and nothing says that a name differs',
  formula:
    'each Pod Identity association names a ServiceAccount that exists; each (namespace, account) of a cluster has one association',
  source: 'EKS user guide, "Learn how EKS Pod Identity grants pods access to AWS services"',
  scenarios: ['ordinary'],
  judge: (facts) => {
    const { blocks, objects } = facts;
    const accounts = objects.filter(({ kind, apiVersion }) => kind === 'ServiceAccount' && apiVersion === 'v1');
    const known = new Set(accounts.map(({ namespace, name }) => `${namespace ?? 'default'}/${name}`));
    const namespaces = new Set(accounts.map(({ namespace }) => namespace ?? 'default'));
    const ofCharts = accountsOfCharts(facts);
    const seen = new Map<string, string>();
    return blocks
      .filter(({ mode, type }) => mode === 'resource' && type === 'aws_eks_pod_identity_association')
      .map((block): Verdict => {
        const [namespace, account] = [textAt(block.value, 'namespace'), textAt(block.value, 'service_account')];
        const subject = blockName(block);
        if (namespace === undefined || account === undefined || `${namespace}${account}`.includes('${'))
          return unknown(subject, 'its namespace and service account, written out');
        const name = `${namespace}/${account}`;
        const evidence = [{ of: subject, field: '/service_account', place: block.at('/service_account') }];
        const key = `${textAt(block.value, 'cluster_name') ?? ''} ${name}`;
        const other = seen.get(key);
        seen.set(key, subject);
        if (other !== undefined)
          return {
            outcome: 'broken',
            subject,
            evidence,
            arithmetic: `${name} is associated by ${other} too, and EKS takes one`,
            remedy: 'remove one of the two, with its permissions in the role of the other',
          };
        if (known.has(name))
          return { outcome: 'holds', subject, evidence, arithmetic: `ServiceAccount ${name} exists` };
        if (ofCharts.has(name))
          return { outcome: 'holds', subject, evidence, arithmetic: `a chart is told to make ServiceAccount ${name}` };
        if (!namespaces.has(namespace))
          return unknown(subject, `manifests of namespace ${namespace}, or of the chart that makes ${account}`);
        const same = accounts.filter((one) => one.name === account).map((one) => one.namespace ?? 'default');
        return {
          outcome: 'broken',
          subject,
          evidence,
          arithmetic: `there is no ServiceAccount ${name}${same.length > 0 ? `; ${account} is in ${same.join(', ')}` : ''}`,
          remedy: `name an account of ${namespace} (${accounts
            .filter((one) => (one.namespace ?? 'default') === namespace)
            .slice(0, 4)
            .map((one) => one.name)
            .join(', ')}), or create ${account} there`,
        };
      });
  },
};
