export { PLATFORMS } from '../support/platforms';
