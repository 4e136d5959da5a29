// Stands for what cdktf loads and synthesis never calls, so that its bundle need not load it: an archiver of assets (decision 7).
// Whoever calls it after all is told so.
module.exports = new Proxy(Object.create(null), {
  get(_target, name) {
    if (name === '__esModule' || typeof name === 'symbol') return undefined;
    throw new Error(`left out of the bundle, see scripts/left-out.cjs: ${name}`);
  },
});
