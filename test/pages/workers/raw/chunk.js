import { url } from './entry.js'

export const entry = () => url
