// Stands for packages of cdktf and cdk8s that synthesis never calls, so that its bundle need not load them: the archiver of assets
// and a YAML library (decisions 6 and 7). Whoever calls one after all is told so.
module.exports = new Proxy(Object.create(null), {
  get(_target, name) {
    if (name === '__esModule' || typeof name === 'symbol') return undefined;
    throw new Error(`left out of the bundle, see scripts/left-out.cjs: ${name}`);
  },
});
