/** Failures as pages show them; pages do not reach past state for it. */
export { toApiError } from '../client/api'
