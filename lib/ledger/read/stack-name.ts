/**
 * Stack that a file belongs to, where it does not say so itself: the folder of a `cdk.tf.json`, else the file's own name
 * without what tells its kind. `stacks/shop-data/cdk.tf.json` is `shop-data`, `plans/shop-data.plan.json` as well.
 */
export function stackName(file: string): string {
  const parts = file.split(/[\\/]/).filter((part) => part !== '' && part !== '.');
  const own = (parts.at(-1) ?? '').replace(/(\.(tf|plan|tfplan|state))?\.(json|tfstate)$|\.tfstate$/, '');
  return /^(cdk|main|plan|tfplan|terraform|state|show)$/.test(own) ? (parts.at(-2) ?? own) : own;
}
