// Event handlers: `button.onclick = ...`. The function that a page sets is wrapped, and the wrapper is set on the host's own
// property: where it stands among the listeners, what its result means, and which attribute replaces it stay the host's
// business. Reading the property gives the page its own function.

import { capture, runCallback } from './callback'
import { type EventPolicy, listenerContext } from './events'
import { apply, getOwnPropertyDescriptor, ownKeys } from './natives'
import { prototypeOf, replaceAccessor, together } from './replace'

/** The constructors whose prototypes have `on...` properties, beside the window itself. */
const WITH_HANDLERS =
  'Document SVGElement Element HTMLElement HTMLBodyElement HTMLMediaElement HTMLVideoElement HTMLFrameSetElement ' +
  'MathMLElement ShadowRoot SVGAnimationElement Worker SharedWorker ServiceWorker ServiceWorkerContainer ' +
  'ServiceWorkerRegistration XMLHttpRequest XMLHttpRequestEventTarget IDBRequest IDBOpenDBRequest IDBDatabase ' +
  'IDBTransaction WebSocket EventSource BroadcastChannel MessagePort AbortSignal TaskSignal FileReader Animation ' +
  'CloseWatcher CookieStore FontFaceSet MediaQueryList Navigation NavigationHistoryEntry NetworkInformation ' +
  'Notification OffscreenCanvas Performance PermissionStatus Screen ScreenOrientation VisualViewport AudioContext ' +
  'AudioScheduledSourceNode AudioWorkletNode BaseAudioContext OfflineAudioContext ScriptProcessorNode MediaDevices ' +
  'MediaRecorder MediaSource MediaStream MediaStreamTrack MediaKeySession PictureInPictureWindow ' +
  'DocumentPictureInPicture RemotePlayback SourceBuffer SourceBufferList SpeechRecognition SpeechSynthesis ' +
  'SpeechSynthesisUtterance TextTrack TextTrackCue TextTrackList RTCPeerConnection RTCDataChannel RTCDTMFSender ' +
  'RTCDtlsTransport RTCIceTransport RTCSctpTransport AudioDecoder AudioEncoder VideoDecoder VideoEncoder ' +
  'BatteryManager CaptureController Clipboard DevicePosture EditContext GPUDevice HID HIDDevice IdleDetector ' +
  'MIDIAccess MIDIInput MIDIPort PaymentRequest PaymentResponse PresentationAvailability PresentationConnection ' +
  'PresentationConnectionList PresentationRequest ScreenDetails Sensor Serial SerialPort USB VirtualKeyboard ' +
  'WakeLockSentinel WindowControlsOverlay XRSession XRSystem'

type Handler = (this: unknown, ...args: unknown[]) => unknown

/** By wrapper. */
const originals = new WeakMap<object, Handler>()

/** Begins to carry contexts into event handlers; returns what ends it. */
export function followHandlers(policy: EventPolicy): () => void {
  const owners = [globalThis, ...WITH_HANDLERS.split(' ').map(prototypeOf)].filter((owner) => owner !== null)
  return together(owners.flatMap((owner) => ownKeys(owner).map((key) => () => follow(owner, key, policy))))
}

function follow(owner: object, name: PropertyKey, policy: EventPolicy): () => void {
  if (typeof name !== 'string' || !name.startsWith('on')) return () => {}
  const original = getOwnPropertyDescriptor(owner, name)
  if (original?.get === undefined || original.set === undefined) return () => {}
  const { get, set } = original
  const type = name.slice('on'.length)
  const accessor = {
    get [name](): unknown {
      const handler: unknown = apply(get, this, [])
      return typeof handler === 'function' ? (originals.get(handler) ?? handler) : handler
    },
    set [name](value: unknown) {
      apply(set, this, [typeof value === 'function' ? wrap(value as Handler) : value])
    },
  }
  const ours = getOwnPropertyDescriptor(accessor, name) ?? {}
  const wrap = (handler: Handler): Handler => {
    const context = capture(type, ours.set ?? capture)
    const wrapper: Handler = function (...args) {
      return runCallback(listenerContext(policy, context, this, type), handler, this, args)
    }
    originals.set(wrapper, handler)
    return wrapper
  }
  return replaceAccessor(owner, name, ours)
}
