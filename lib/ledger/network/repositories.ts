import type { Facts, Workload } from '../facts';
import { isMembers, listAt, pointerTo, textAt } from '../members';
import type { Evidence, Verdict } from '../rule';
import { unknown } from '../rules/compared';
import { cloudNames } from './cloud-names';

const IMAGE = /^(\d{12}\.dkr\.ecr(?:-fips)?\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?)\/([^:@]+)/;

/** Repositories that AWS keeps for add-ons. */
const OF_AWS = /^(eks|amazon)\//;

interface Image {
  readonly registry: string;
  readonly repository: string;
  readonly workload: Workload;
  readonly evidence: Evidence;
}

/** Images of ECR, one verdict for each registry: it is ours where Terraform makes some of its repositories. */
export function repositoriesOf(facts: Facts): Verdict[] {
  const images = facts.workloads.flatMap(imagesOf);
  const registries = new Map<string, Image[]>();
  for (const image of images) registries.set(image.registry, [...(registries.get(image.registry) ?? []), image]);
  const made = cloudNames(facts.blocks, 'aws_ecr_repository');
  const caches = facts.blocks
    .filter(({ type }) => type === 'aws_ecr_pull_through_cache_rule')
    .flatMap(({ value }) => textAt(value, 'ecr_repository_prefix') ?? []);
  const isCached = (repository: string): boolean =>
    caches.some((prefix) => prefix === 'ROOT' || repository.startsWith(`${prefix}/`));
  return [...registries].flatMap(([registry, own]): Verdict[] => {
    const subject = `images of ${registry}`;
    const filled = own.filter(({ repository }) => made.named(repository).length > 0);
    const lost = own.filter((image) => !filled.includes(image) && !isCached(image.repository));
    if (lost.length > 0 && filled.length === 0) return [unknown(subject, 'the Terraform that makes its repositories')];
    const names = new Set(own.map(({ repository }) => repository));
    if (lost.length === 0)
      return [
        {
          outcome: 'holds',
          subject,
          evidence: own.slice(0, 1).map(({ evidence }) => evidence),
          arithmetic: `${names.size === 1 ? '1 repository' : `${names.size} repositories`}, all made by Terraform`,
        },
      ];
    return [...new Map(lost.map((image) => [image.repository, image]))].map(([repository, { evidence, workload }]) => ({
      outcome: 'broken',
      subject: `${workload.id}: image ${repository}`,
      evidence: [evidence],
      arithmetic: `${registry} has no repository ${repository}, and has ${filled[0]?.repository}`,
      remedy: `make the repository ${repository}, or name one that there is`,
    }));
  });
}

const imagesOf = (workload: Workload): Image[] =>
  ['initContainers', 'containers'].flatMap((list) =>
    listAt(workload.pod, list).flatMap((container, index) => {
      const [, registry, repository] = IMAGE.exec(isMembers(container) ? (textAt(container, 'image') ?? '') : '') ?? [];
      if (registry === undefined || repository === undefined || OF_AWS.test(repository)) return [];
      const evidence = workload.evidence(`${workload.podPointer}${pointerTo(list, index, 'image')}`);
      return [{ registry, repository, workload, evidence }];
    }),
  );
