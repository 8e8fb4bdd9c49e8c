// Functions of the host that are given a callback for later, and that nobody else intercepts. The callback runs in the context of
// the call: once in the copy made then, or, where the host may call it again, in a fresh copy each time. What is called back
// before the function returns is an ordinary call, and not listed.

import { followFileEntries } from './file-entries'
import { follow, type HandsOver } from './hand-over'
import { prototypeOf, together } from './replace'

interface HostCall extends HandsOver {
  /** The interface whose prototype has it; null for the global object. */
  owner: string | null
}

const CALLS: readonly HostCall[] = [
  { owner: null, name: 'requestIdleCallback', callbacks: [0] },
  { owner: 'Scheduler', name: 'postTask', callbacks: [0] },
  { owner: 'HTMLVideoElement', name: 'requestVideoFrameCallback', callbacks: [0] },
  { owner: 'Document', name: 'startViewTransition', callbacks: [0], members: ['update'] },
  { owner: 'Element', name: 'startViewTransition', callbacks: [0], members: ['update'] },
  { owner: 'NavigateEvent', name: 'intercept', members: ['handler', 'precommitHandler'] },
  { owner: 'LockManager', name: 'request', callbacks: [1, 2] },
  { owner: 'HTMLCanvasElement', name: 'toBlob', callbacks: [0] },
  { owner: 'BaseAudioContext', name: 'decodeAudioData', callbacks: [1, 2] },
  { owner: 'DataTransferItem', name: 'getAsString', callbacks: [0] },
  { owner: 'Geolocation', name: 'getCurrentPosition', callbacks: [0, 1] },
  { owner: 'Geolocation', name: 'watchPosition', callbacks: [0, 1], repeated: true },
  { owner: 'MediaSession', name: 'setActionHandler', callbacks: [1], repeated: true },
  { owner: 'RemotePlayback', name: 'watchAvailability', callbacks: [0], repeated: true },
  { owner: 'LaunchQueue', name: 'setConsumer', callbacks: [0], repeated: true },
  // The callbacks of these are from before promises.
  { owner: 'Navigator', name: 'webkitGetUserMedia', callbacks: [1, 2] },
  { owner: 'RTCPeerConnection', name: 'createOffer', callbacks: [0, 1] },
  { owner: 'RTCPeerConnection', name: 'createAnswer', callbacks: [0, 1] },
  { owner: 'RTCPeerConnection', name: 'setLocalDescription', callbacks: [1, 2] },
  { owner: 'RTCPeerConnection', name: 'setRemoteDescription', callbacks: [1, 2] },
  { owner: 'RTCPeerConnection', name: 'addIceCandidate', callbacks: [1, 2] },
]

/** Begins to carry contexts into what these calls are given; returns what ends it. */
export function followHostCalls(): () => void {
  return together([
    ...CALLS.map((call) => () => follow(call.owner === null ? globalThis : prototypeOf(call.owner), call)),
    () => follow(globalThis.Notification, { name: 'requestPermission', callbacks: [0] }),
    followFileEntries,
  ])
}
