import { evidenceIn } from '../configured';
import { at, textAt, textMembersAt } from '../members';
import { grouped } from '../rules/behind';
import { type KubernetesObject, objectName, type TerraformBlock } from '../source';
import type { QuotaContext } from './quota-context';
import { type QuotaUse, type Share, sumOf } from './quota-use';

type Kind = 'application' | 'network';

const QUOTAS = { application: 'applicationLoadBalancers', network: 'networkLoadBalancers' } as const;

/** Load balancers of Terraform, and those that the AWS Load Balancer Controller makes of Ingresses and Services. */
export function usesOfLoadBalancers(
  { facts, places }: QuotaContext,
  balancers: readonly TerraformBlock[],
  kindOf: (balancer: TerraformBlock) => string,
): QuotaUse[] {
  const cluster = facts.blocks.find(({ mode, type }) => mode === 'resource' && type === 'aws_eks_cluster');
  const home = cluster === undefined ? '' : places.of(cluster);
  return (['application', 'network'] as const).flatMap((kind) => {
    const written = balancers
      .filter((balancer) => kindOf(balancer) === kind)
      .map((balancer) => ({
        place: places.of(balancer),
        share: { amount: 1, words: balancer.name, evidence: evidenceIn(balancer, '') },
      }));
    const made = madeOf(facts.objects, kind).map((share) => ({ place: home, share }));
    return [...grouped([...written, ...made], ({ place }) => [place])].map(([place, same]) => ({
      ...{ quota: QUOTAS[kind], subject: place, place, isOfNodes: false },
      ...sumOf(same.map(({ share }) => share)),
    }));
  });
}

const GROUP = 'alb.ingress.kubernetes.io/group.name';

/** One for each Ingress, or for all of a group; one for each Service that asks for it. */
function madeOf(objects: readonly KubernetesObject[], kind: Kind): Share[] {
  const own = objects.filter(kind === 'application' ? isOfController : isNetworkBalancer);
  const groups = grouped(own, (object) => [annotationsOf(object)[GROUP] ?? objectName(object)]);
  return [...groups].flatMap(([name, [first]]) =>
    first === undefined ? [] : [{ amount: 1, words: name, evidence: evidenceIn(first, '/metadata') }],
  );
}

const annotationsOf = ({ value }: KubernetesObject) => textMembersAt(value, 'metadata', 'annotations');

const isOfController = (object: KubernetesObject): boolean =>
  object.kind === 'Ingress' &&
  (textAt(object.value, 'spec', 'ingressClassName') ?? annotationsOf(object)['kubernetes.io/ingress.class']) === 'alb';

const isNetworkBalancer = (object: KubernetesObject): boolean =>
  object.kind === 'Service' &&
  at(object.value, 'spec', 'type') === 'LoadBalancer' &&
  (textAt(object.value, 'spec', 'loadBalancerClass') === 'service.k8s.aws/nlb' ||
    /^(external|nlb(-ip)?)$/.test(annotationsOf(object)['service.beta.kubernetes.io/aws-load-balancer-type'] ?? ''));
