const fc = require('../../node_modules/fast-check/lib/cjs/fast-check.js');

/** Every run draws the same cases, so that a change is judged by what it changes. `SEED=n` draws others, by hand. */
fc.configureGlobal({ seed: Number(process.env.SEED ?? 20_261_121) });

module.exports = fc;
