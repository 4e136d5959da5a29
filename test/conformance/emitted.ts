import type { PlatformSpec } from '../../lib/model';
import { documents } from '../../lib/platform/documents';
import type { Manifest } from '../support/manifests';
import { output } from '../support/output';
import { type Block, resources } from '../support/terraform';
import { type Locate, type Located, type Place, placeText } from './ledger';
import { read } from './pointer';
import { taken } from './texts';

/** A ConfigMap's files as the programs that mount them read them. */
function opened(object: Manifest): Manifest {
  if (object.kind !== 'ConfigMap') return object;
  const files = Object.entries<string>(object.data ?? {}).map(([file, text]) => [file, taken(file, text)]);
  return { ...object, data: Object.fromEntries(files) };
}

function only(found: readonly unknown[], place: Place): Located {
  return found.length === 1
    ? { document: found[0] }
    : { fault: `${placeText(place)}: expected one such, found ${found.length}` };
}

/** A stack with account and partition as applying it fills them in, for it applies in one account only, and add-on settings taken apart. */
function filled(stack: Block): Block {
  const [account] = stack.provider.aws[0].allowed_account_ids;
  const text = JSON.stringify(stack)
    .replaceAll(/\$\{data\.aws_caller_identity\.\w+\.account_id\}/g, account)
    .replaceAll(/\$\{data\.aws_partition\.\w+\.partition\}/g, 'aws');
  return JSON.parse(text, (key, value) => (key === 'configuration_values' ? JSON.parse(value) : value));
}

/** Finds places in what the platforms synthesize to. */
export function emitted(platforms: readonly PlatformSpec[]): Locate {
  const everything = output(...platforms);
  const names = platforms.flatMap(({ name, environments }) => environments.map((one) => `${name}/${one.name}`));
  const objects = new Map(names.map((name) => [name, everything.objects(name).map(opened)]));
  const stacks = new Map<string, Block>(everything.stacks.map((name) => [name, filled(everything.stack(name))]));

  const files = documents(platforms);
  const known = new Map<string, Located>();
  const fileAt = (place: Extract<Place, { readonly file: string }>): Located => {
    const [kind = '', ...path] = place.file.split('/');
    const at = [place.platform, place.environment, ...path].join('/');
    const found = known.get(`${kind}/${at}`);
    if (found) return found;
    // what is of a whole platform is in no folder of an environment
    const text = files.get(kind)?.get(at) ?? files.get(kind)?.get(path.join('/'));
    const located = only(text === undefined ? [] : [taken(place.file, text)], place);
    known.set(`${kind}/${at}`, located);
    return located;
  };

  return (place) => {
    if ('kind' in place) {
      const all = objects.get(`${place.platform}/${place.environment}`) ?? [];
      return only(
        all.filter(({ kind, metadata }) => kind === place.kind && metadata.name === place.name),
        place,
      );
    }
    if ('namesOf' in place) {
      const all = objects.get(`${place.platform}/${place.environment}`) ?? [];
      const found = all.flatMap(({ kind, metadata }) => (kind === place.namesOf ? [metadata.name] : []));
      return { document: { names: found.sort() } };
    }
    if ('file' in place) return fileAt(place);
    // a stack of the platform itself has no environment in its name
    const stack = stacks.get([place.platform, place.environment, place.layer].filter((part) => part !== '').join('-'));
    if (!('resource' in place)) return only(stack === undefined ? [] : [stack], place);
    const matches = (block: Block) => Object.entries(place.where).every(([path, is]) => read(block, path) === is);
    return only(resources(stack ?? {}, place.resource).filter(matches), place);
  };
}
