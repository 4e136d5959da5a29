export { membersName, type StorePlan, type StoreSpec, storeCertificateNames, storeHost } from './store';
export { STORE_CHECKS } from './store-checks';
