// Rewrites our own output as programs that hold every object as a literal and emit it through the stock libraries.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parseAllDocuments } from 'yaml';

const filesBelow = (folder, ending) =>
  readdirSync(folder, { recursive: true })
    .filter((file) => file.endsWith(ending))
    .sort()
    .map((file) => join(folder, file));

const documents = (file) => parseAllDocuments(readFileSync(file, 'utf8')).map((document) => document.toJS());

/** All objects below a folder, but for what only kustomize reads. */
export const objectsBelow = (folder) =>
  filesBelow(folder, '.yaml')
    .flatMap(documents)
    .filter(({ kind }) => kind !== 'Kustomization');

/** JSON without the comments that cdktf leaves in it. */
const withoutComments = (value) => {
  if (Array.isArray(value)) return value.map(withoutComments);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== '//')
      .map(([key, item]) => [key, withoutComments(item)]),
  );
};

export const stacksBelow = (folder) =>
  Object.fromEntries(
    filesBelow(folder, 'cdk.tf.json').map((file) => [
      file.split(/[/\\]/).at(-2),
      withoutComments(JSON.parse(readFileSync(file, 'utf8'))),
    ]),
  );

const literal = (value) => JSON.stringify(value, null, 2);

/** One chart for each environment. `environments` holds the objects of each by its name. */
function cdk8sProgram(environments) {
  const charts = Object.entries(environments).map(([name, objects]) => {
    const lines = objects.map((object, index) => `new ApiObject(chart, 'o${index}', ${literal(object)});`);
    return `{\nconst chart = new Chart(app, '${name}', { disableResourceNameHashes: true });\n${lines.join('\n')}\n}`;
  });
  return `import { ApiObject, App, Chart } from 'cdk8s';\nconst app = new App();\n${charts.join('\n')}\napp.synth();\n`;
}

/** Resources are constructs; whatever else stands in a stack is laid over it. */
function cdktfProgram(stacks) {
  const text = Object.entries(stacks).map(([name, { resource = {}, ...rest }]) => {
    const resources = Object.entries(resource).flatMap(([type, named]) =>
      Object.entries(named).flatMap(([id, body]) => [
        `{\nconst resource = new TerraformResource(stack, '${type}-${id}', { terraformResourceType: '${type}' });`,
        `resource.overrideLogicalId('${id}');`,
        ...Object.entries(body).map(([argument, value]) => `resource.addOverride('${argument}', ${literal(value)});`),
        '}',
      ]),
    );
    const overrides = Object.entries(rest).map(([block, value]) => `stack.addOverride('${block}', ${literal(value)});`);
    return `{\nconst stack = new TerraformStack(app, '${name}');\n${[...resources, ...overrides].join('\n')}\n}`;
  });
  return `import { App, TerraformResource, TerraformStack } from 'cdktf';\nconst app = new App();\n${text.join('\n')}\napp.synth();\n`;
}

const commonJs = (program) => program.replace(/^import (\{.*\}) from ('.*');$/m, 'const $1 = require($2);');

/** Writes `cdk8s.js`, `cdktf.js` and the same as TypeScript into a folder from which both libraries can be found. */
export function writePrograms(folder, kubernetes, terraform) {
  const environments = Object.fromEntries(
    filesBelow(kubernetes, 'kustomization.yaml')
      .map((file) =>
        file
          .slice(kubernetes.length + 1)
          .split(/[/\\]/)
          .slice(0, 2),
      )
      .map(([platform, environment]) => [
        `${platform}-${environment}`,
        objectsBelow(join(kubernetes, platform, environment)),
      ]),
  );
  const programs = { cdk8s: cdk8sProgram(environments), cdktf: cdktfProgram(stacksBelow(terraform)) };
  for (const [name, program] of Object.entries(programs)) {
    writeFileSync(join(folder, `${name}.ts`), program);
    writeFileSync(join(folder, `${name}.js`), commonJs(program));
  }
}

/** cdktf gives a stack a local backend of its own beside the one that is laid over it. */
const withoutBackends = (stacks) =>
  Object.fromEntries(
    Object.entries(stacks).map(([name, { terraform, ...rest }]) => [
      name,
      { ...rest, terraform: { ...terraform, backend: {} } },
    ]),
  );

/** Texts that are equal where objects are, however their keys are ordered. */
const canonical = (_, value) =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value;

const sorted = (objects) => objects.map((object) => JSON.stringify(object, canonical)).sort();

/** A comparison of programs that do different things would be none. */
export function assertSameOutput(ours, theirs) {
  const same =
    isDeepStrictEqual(sorted(objectsBelow(ours.kubernetes)), sorted(objectsBelow(theirs.kubernetes))) &&
    isDeepStrictEqual(withoutBackends(stacksBelow(ours.terraform)), withoutBackends(stacksBelow(theirs.terraform)));
  if (!same) throw new Error('the programs to compare do not emit the same objects');
}
