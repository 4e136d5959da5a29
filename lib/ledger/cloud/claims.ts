import { evidenceIn } from '../configured';
import type { Facts, Workload } from '../facts';
import { bytes, GIB } from '../facts/amounts';
import { at, listAt, textAt } from '../members';
import { autoscalersByTarget, type Bounds, boundsOf } from '../pack/demand';
import type { Evidence } from '../rule';
import { ofWorkload } from '../rules/fields';
import type { Json, KubernetesObject } from '../source';
import type { Share } from './quota-use';

/** A volume that pods of a workload ask for. */
export interface Claim {
  readonly workload: Workload;
  readonly bounds: Bounds;
  readonly name: string;
  readonly bytes: number;
  /** Its StorageClass, where it was given. */
  readonly storageClass: KubernetesObject | undefined;
  /** Whether it lies on EBS, as far as it is known. */
  readonly isEbs: boolean;
  /** Whether every pod has one of its own. */
  readonly isEach: boolean;
  readonly evidence: Evidence;
}

const EBS = /^(ebs\.csi\.aws\.com|ebs\.csi\.eks\.amazonaws\.com|kubernetes\.io\/aws-ebs)$/;
const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class';

/** Volumes of all pods: of their StatefulSet's templates, their own ephemeral ones, and claims that they name. */
export function claimsOf(facts: Facts): Claim[] {
  const classes = facts.objects.filter(({ kind }) => kind === 'StorageClass');
  const byName = new Map(classes.map((one) => [one.name, one]));
  const standard = classes.find(({ value }) => textAt(value, 'metadata', 'annotations', DEFAULT_CLASS) === 'true');
  const written = new Map(
    facts.objects
      .filter(({ kind }) => kind === 'PersistentVolumeClaim')
      .map((claim) => [`${claim.namespace ?? ''}/${claim.name}`, claim]),
  );
  const scalers = autoscalersByTarget(facts);
  return facts.workloads.flatMap((workload) => {
    const bounds = boundsOf(scalers, workload);
    const claim = (name: string, spec: Json | undefined, isEach: boolean, evidence: Evidence): Claim => {
      const className = textAt(spec, 'storageClassName');
      const storageClass = className === undefined ? standard : byName.get(className);
      const provisioner = textAt(storageClass?.value, 'provisioner');
      return {
        ...{ workload, bounds, name, isEach, evidence, storageClass },
        bytes: bytes(at(spec, 'resources', 'requests', 'storage')) ?? 0,
        isEbs: provisioner === undefined ? storageClass === undefined && isOfCloud(facts) : EBS.test(provisioner),
      };
    };
    const templates = listAt(workload.object.value, 'spec', 'volumeClaimTemplates').map((template, index) =>
      claim(
        textAt(template, 'metadata', 'name') ?? '',
        at(template, 'spec'),
        true,
        workload.evidence(`/spec/volumeClaimTemplates/${index}`),
      ),
    );
    const volumes = listAt(workload.pod, 'volumes').flatMap((volume, index): Claim[] => {
      const evidence = workload.evidence(`${workload.podPointer}/volumes/${index}`);
      const ephemeral = at(volume, 'ephemeral', 'volumeClaimTemplate', 'spec');
      if (ephemeral !== undefined) return [claim(textAt(volume, 'name') ?? '', ephemeral, true, evidence)];
      const name = textAt(volume, 'persistentVolumeClaim', 'claimName');
      if (name === undefined) return [];
      const own = written.get(`${workload.namespace ?? ''}/${name}`);
      return [claim(name, at(own?.value, 'spec'), false, own === undefined ? evidence : evidenceIn(own, '/spec'))];
    });
    return [...templates, ...volumes];
  });
}

/** Without a StorageClass that says otherwise, claims of a cluster of EKS lie on EBS. */
const isOfCloud = ({ blocks }: Facts): boolean => blocks.some(({ type }) => type === 'aws_eks_cluster');

/** GiB of gp3 that pods ask for at their maxima; of a volume that pods share, once. */
export function claimShares(facts: Facts): Share[] {
  const shared = new Set<string>();
  return claimsOf(facts).flatMap((claim): Share[] => {
    const type = textAt(claim.storageClass?.value, 'parameters', 'type');
    const key = `${claim.workload.namespace ?? ''}/${claim.name}`;
    if (!claim.isEbs || (type !== undefined && type !== 'gp3') || (!claim.isEach && shared.has(key))) return [];
    if (!claim.isEach) shared.add(key);
    const pods = claim.isEach ? claim.bounds.ceiling : 1;
    const amount = Math.ceil((pods * claim.bytes) / GIB);
    const words = `${amount} GiB of ${claim.name} of ${claim.workload.name}`;
    return [{ amount, words, evidence: claim.isEach ? ofWorkload(claim.workload, claim.bounds) : claim.evidence }];
  });
}
