import {
  AMBIENT_PORT,
  AMBIENT_PROBES,
  DNS,
  ISTIOD,
  isPodPeer,
  type OpenPeer,
  POD_IDENTITY,
  SIDECAR_METRICS_PORT,
} from '../cluster/network-peers';
import type { WebServicePlan } from './web-service-props';

/** Who may send requests, each with its port. */
export const callers = ({ ingressFrom = [], port }: WebServicePlan): OpenPeer[] =>
  ingressFrom.map((caller) => ({ ...caller, port: caller.port ?? port }));

/** Who may collect metrics. A sidecar hands out its own and the program's together. */
export const scrapers = ({ scrapedBy, port, mesh }: WebServicePlan): OpenPeer[] =>
  scrapedBy.map((scraper) => ({
    ...scraper,
    port: scraper.port ?? (mesh === 'sidecar' ? SIDECAR_METRICS_PORT : port),
  }));

const ambientToo = (peer: OpenPeer): OpenPeer[] =>
  isPodPeer(peer) && peer.protocol !== 'UDP' ? [peer, { ...peer, port: AMBIENT_PORT }] : [peer];

/** In an ambient mesh, pods reach one another through a port of the mesh instead. */
const throughMesh = (peers: readonly OpenPeer[], { mesh }: WebServicePlan): OpenPeer[] =>
  mesh === 'ambient' ? peers.flatMap(ambientToo) : [...peers];

/** Everyone a web service talks with: those it names, and what every pod needs. */
export function policyPeers(plan: WebServicePlan): { ingress: readonly OpenPeer[]; egress: readonly OpenPeer[] } {
  const probes = plan.mesh === 'ambient' ? [{ ...AMBIENT_PROBES, port: plan.port }] : [];
  const control = plan.mesh === 'sidecar' ? [ISTIOD] : [];
  return {
    ingress: [...throughMesh([...callers(plan), ...scrapers(plan)], plan), ...probes],
    egress: [...DNS, POD_IDENTITY, ...control, ...throughMesh(plan.egressTo, plan)],
  };
}
