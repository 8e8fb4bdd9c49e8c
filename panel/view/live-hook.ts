// What the page answers about a live value, as components read it: asked when it is opened, and again when the page went on.

import { useEffect, useReducer, useRef, useState } from 'react'
import { useFeed, useSession } from '../session/hooks'
import type { Ask, LiveReply } from '../session/session'

/** Milliseconds between two looks while the page goes on. */
const LOOK_AGAIN = 1_000

/** Null before there is an answer; while it is asked again, what was answered before stays. */
export function useLive(ask: Ask | null): LiveReply | null {
  const session = useSession()
  const { version, where } = useFeed()
  const [reply, setReply] = useState<{ of: string; said: LiveReply } | null>(null)
  const question = ask === null ? null : JSON.stringify(ask)
  const turn = useTurn(`${version} ${where?.current} ${where?.task}`)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each turn it is another answer
  useEffect(() => {
    if (question === null) return
    let isWanted = true
    session.askLive(JSON.parse(question)).then((said) => {
      if (isWanted) setReply({ of: question, said })
    })
    return () => {
      isWanted = false
    }
  }, [session, question, turn])
  return question !== null && reply?.of === question ? reply.said : null
}

/** Counts how often something changed, once a while at most. */
function useTurn(changing: string): number {
  const [turn, next] = useReducer((turns: number) => turns + 1, 0)
  const waiting = useRef<ReturnType<typeof setTimeout> | null>(null)
  const seen = useRef(changing)
  useEffect(() => {
    if (seen.current === changing) return
    seen.current = changing
    waiting.current ??= setTimeout(() => {
      waiting.current = null
      next()
    }, LOOK_AGAIN)
  }, [changing])
  useEffect(
    () => () => {
      if (waiting.current !== null) clearTimeout(waiting.current)
      waiting.current = null
    },
    [],
  )
  return turn
}
