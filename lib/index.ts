export * from './aws';
export * from './catalog';
export * from './check';
export * from './config';
export * from './kubernetes';
export * from './model';
export * from './platform';
export * from './units';
