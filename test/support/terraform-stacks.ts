import { cycleFaults, expressions, type Json, member, members, texts } from './terraform-references';

/** Where a state lies: its backend and whatever sets it apart there. */
const place = (backend: unknown, config: unknown) =>
  JSON.stringify([backend, ...['path', 'bucket', 'key'].map((key) => member(config, key) ?? null)]);

const REMOTE = /data\.terraform_remote_state\.([\w-]+)\.outputs(?:\.([\w-]+)|\["([^"]+)"\])/g;

/** References of stacks to outputs of others that do not exist, and stacks that wait for one another. */
export function crossStackFaults(stacks: Readonly<Record<string, Json>>): string[] {
  const places = Object.entries(stacks).map(([name, json]) => {
    const [backend] = members(member(json, 'terraform', 'backend'));
    return { name, at: place(backend?.[0], backend?.[1]) };
  });
  const shared = places.filter(({ at }, index) => places.findIndex((other) => other.at === at) !== index);
  const found = Object.entries(stacks).map(([name, json]) => {
    const remotes = new Map(
      members(member(json, 'data', 'terraform_remote_state')).map(([id, body]) => {
        const at = place(member(body, 'backend'), member(body, 'config'));
        return [id, places.find((stack) => stack.at === at)?.name];
      }),
    );
    const faults = texts(json)
      .flatMap(expressions)
      .flatMap((text) =>
        [...text.matchAll(REMOTE)].flatMap(([, id = '', dotted, quoted]) => {
          const producer = remotes.get(id);
          const output = dotted ?? quoted ?? '';
          if (producer === undefined) return [`${name} reads ${id}, which is the state of no stack here`];
          const outputs = member(stacks, producer, 'output');
          return member(outputs, output) === undefined
            ? [`${name} reads ${output} of ${producer}, which it does not put out`]
            : [];
        }),
      );
    return { name, faults, reads: [...new Set([...remotes.values()].filter((stack) => stack !== undefined))] };
  });
  return [
    ...shared.map(({ name }) => `${name} keeps its state where another stack keeps its own`),
    ...new Set(found.flatMap(({ faults }) => faults)),
    ...cycleFaults(new Map(found.map(({ name, reads }) => [name, reads]))),
  ];
}
