import type { Facts, Workload } from '../facts';
import { takesMeshProxy } from '../facts/mesh-sidecar';
import { at, listAt, membersAt, textAt, textMembersAt } from '../members';
import { podTemplateOf } from '../pod-template';
import { isSameNamespace } from '../rules/behind';
import type { KubernetesObject } from '../source';
import { type Answer, any } from './answers';
import { type Caller, ruleMatches } from './mesh-rules';
import type { Said } from './policies';
import { BySelector, type Labels, namespaceLabels, podSelector } from './selectors';
import { ofKind } from './services';

/** Namespace whose policies hold for the whole mesh, unless it was installed with another. */
const ROOT = 'istio-system';

const PORTS = 'traffic.sidecar.istio.io/';

/** Ports of the proxy's agent, which nothing stands in front of: merged metrics, health, its own metrics. */
const OWN_PORTS: readonly number[] = [15020, 15021, 15090];

/** What Istio says of a connection: mutual TLS, and who may call. */
export type Mesh = (from: Workload, to: Workload, port: number) => Said & { readonly why: string };

interface Member {
  readonly isSidecar: boolean;
  readonly isAmbient: boolean;
  readonly annotations: Labels;
}

export function meshOf(facts: Facts): Mesh {
  const namespaces = namespaceLabels(facts.objects);
  const manifests = new Map(
    facts.objects.filter(({ kind }) => kind === 'Namespace').map((object) => [object.name, object] as const),
  );
  const index = (kind: string) => {
    const objects = ofKind(facts, kind, /^security\.istio\.io$/);
    return new BySelector(objects, ({ value }) => at(value, 'spec', 'selector'));
  };
  const [authentications, authorizations] = [index('PeerAuthentication'), index('AuthorizationPolicy')];
  const members = new Map<Workload, Member>();
  const authenticating = new Map<Workload, readonly KubernetesObject[]>();
  const authorizing = new Map<Workload, readonly KubernetesObject[]>();

  return (from, to, port) => {
    const callee = memberOf(to);
    if (!receives(callee, port)) return { answer: 'yes', policies: [], why: '' };
    const caller = memberOf(from);
    const isKnown = caller.isAmbient || (caller.isSidecar && !listed(caller, 'excludeOutboundPorts', port));
    const [strict] = isKnown ? [] : stricts(to, port);
    if (strict !== undefined)
      return {
        answer: 'no',
        policies: [strict],
        why: `mutual TLS is STRICT there and ${from.id} speaks plain text${caller.isSidecar ? ' (its proxy leaves the port out)' : ' (no sidecar)'}`,
      };
    return authorized({ ...accountOf(from), isKnown }, to, port);
  };

  function memberOf(workload: Workload): Member {
    const known = members.get(workload);
    if (known !== undefined) return known;
    const annotations = textMembersAt(podTemplateOf(workload.object)?.annotations);
    const { labels } = workload.shape;
    const namespace = manifests.get(workload.namespace ?? '');
    const isWritten = [...listAt(workload.pod, 'containers'), ...listAt(workload.pod, 'initContainers')].some(
      (container) => textAt(container, 'name') === 'istio-proxy',
    );
    const mode =
      labels['istio.io/dataplane-mode'] ?? namespaces.get(workload.namespace ?? '')?.['istio.io/dataplane-mode'];
    const member = {
      isSidecar: isWritten || takesMeshProxy({ labels, annotations, namespace, pod: workload.pod }),
      isAmbient: mode === 'ambient',
      annotations,
    };
    members.set(workload, member);
    return member;
  }

  /** Policies of one kind that take some pods, worked out once for each of both. */
  function near(kind: BySelector<KubernetesObject>, workload: Workload): readonly KubernetesObject[] {
    const known = kind === authentications ? authenticating : authorizing;
    const { namespace, shape } = workload;
    const found =
      known.get(workload) ??
      kind
        .near(shape.labels)
        .filter(
          ({ namespace: own, value }) =>
            (own === ROOT || isSameNamespace(own, namespace)) &&
            podSelector({ ...membersAt(value, 'spec', 'selector') })(shape.labels) === 'yes',
        );
    known.set(workload, found);
    return found;
  }

  /** The policy that asks for mutual TLS at a port, as the nearest one that says something does. */
  function stricts(to: Workload, port: number): readonly KubernetesObject[] {
    const rank = ({ namespace, value }: KubernetesObject): number =>
      (at(value, 'spec', 'selector') === undefined ? 0 : 2) + (namespace === ROOT && to.namespace !== ROOT ? 0 : 1);
    const ordered = [...near(authentications, to)].sort((one, other) => rank(other) - rank(one));
    for (const policy of ordered) {
      const mode =
        textAt(policy.value, 'spec', 'portLevelMtls', String(port), 'mode') ??
        textAt(policy.value, 'spec', 'mtls', 'mode');
      if (mode !== undefined && mode !== 'UNSET') return mode === 'STRICT' ? [policy] : [];
    }
    return [];
  }

  function authorized(caller: Caller, to: Workload, port: number): Said & { readonly why: string } {
    const policies = near(authorizations, to).filter(({ value }) => at(value, 'spec', 'targetRefs') === undefined);
    const action = ({ value }: KubernetesObject): string => textAt(value, 'spec', 'action') ?? 'ALLOW';
    const asked = ({ value }: KubernetesObject): Answer =>
      any(listAt(value, 'spec', 'rules'), (rule) => ruleMatches(rule, caller, port));
    const denies = policies.filter((policy) => action(policy) === 'DENY');
    const allows = policies.filter((policy) => action(policy) === 'ALLOW');
    const denying = denies.filter((policy) => asked(policy) === 'yes');
    if (denying.length > 0) return { answer: 'no', policies: denying, why: 'it is denied in the mesh' };
    if (allows.length === 0) return { answer: 'yes', policies: [], why: '' };
    const isAllowed = allows.some((policy) => asked(policy) !== 'no');
    return isAllowed
      ? { answer: 'yes', policies: [], why: '' }
      : { answer: 'no', policies: allows, why: `no rule of the mesh allows ${caller.words} on port ${port}` };
  }
}

const accountOf = ({ namespace, shape, id }: Workload) => ({
  namespace,
  account: shape.serviceAccount ?? 'default',
  words: `${id} (service account ${shape.serviceAccount ?? 'default'})`,
});

/** Whether the mesh stands in front of a port. */
function receives(member: Member, port: number): boolean {
  if (OWN_PORTS.includes(port)) return false;
  if (member.isAmbient) return true;
  if (!member.isSidecar || listed(member, 'excludeInboundPorts', port)) return false;
  const included = member.annotations[`${PORTS}includeInboundPorts`];
  return included === undefined || included.trim() === '*' || listed(member, 'includeInboundPorts', port);
}

const listed = ({ annotations }: Member, name: string, port: number): boolean =>
  (annotations[`${PORTS}${name}`] ?? '').split(',').some((part) => part.trim() === String(port));
